import { Counter, type Registry } from 'prom-client';

/** Found in memory; waited for together with somebody else; or read from the subgraphs. */
export type AnswerOutcome = 'hit' | 'shared' | 'miss';

export class AnswerMetrics {
  readonly #answers: Counter<'outcome'>;

  constructor(registry: Registry) {
    this.#answers = new Counter({
      name: 'gateway_public_answers_total',
      help: 'Queries of nothing but public fields, by where their answers came from.',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  answered(outcome: AnswerOutcome): void {
    this.#answers.inc({ outcome });
  }
}
