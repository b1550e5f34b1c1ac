import { Counter, Histogram, Registry } from 'prom-client';

/** A subgraph's numbers for Prometheus. A registry of its own, so that several subgraphs can share a process. */
export class SubgraphMetrics {
  readonly registry = new Registry();
  readonly #operations: Histogram<'outcome'>;
  readonly #statements: Counter;

  constructor(subgraph: string) {
    this.registry.setDefaultLabels({ subgraph });
    this.#operations = new Histogram({
      name: 'subgraph_operation_seconds',
      help: 'Time to answer an operation of the gateway.',
      labelNames: ['outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [this.registry],
    });
    this.#statements = new Counter({
      name: 'subgraph_sql_statements_total',
      help: 'Statements sent to the database.',
      registers: [this.registry],
    });
  }

  countStatement(): void {
    this.#statements.inc();
  }

  /** @param seconds how long the operation took */
  observeOperation(seconds: number, outcome: 'ok' | 'refused' | 'failed'): void {
    this.#operations.observe({ outcome }, seconds);
  }
}
