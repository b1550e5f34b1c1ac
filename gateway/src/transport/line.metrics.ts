import { Counter, Gauge, type Registry } from 'prom-client';
import type { CircuitState } from './circuit-breaker.ts';

/** Why a call was not even sent. */
export type RefusalReason = 'circuit' | 'queue';

/** What is read of a line to a subgraph when metrics are asked for. */
export interface LineLoad {
  readonly underWay: number;
  readonly waiting: number;
}

const STATE_VALUES: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Counts what happens to the lines to subgraphs. */
export class LineMetrics {
  readonly #lines = new Map<string, LineLoad>();
  readonly #state: Gauge<'subgraph'>;
  readonly #openings: Counter<'subgraph'>;
  readonly #refused: Counter<'subgraph' | 'reason'>;
  readonly #retries: Counter<'subgraph'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#state = new Gauge({
      name: 'gateway_subgraph_circuit_state',
      help: 'Of the circuit breaker of each subgraph: 0 closed, 1 half-open, 2 open.',
      labelNames: ['subgraph'],
      registers,
    });
    this.#openings = new Counter({
      name: 'gateway_subgraph_circuit_openings_total',
      help: 'How often a circuit breaker opened, from closed or after a probe that failed.',
      labelNames: ['subgraph'],
      registers,
    });
    this.#refused = new Counter({
      name: 'gateway_subgraph_calls_refused_total',
      help: 'Calls that were not sent, because the circuit was open or the queue full.',
      labelNames: ['subgraph', 'reason'],
      registers,
    });
    this.#retries = new Counter({
      name: 'gateway_subgraph_retries_total',
      help: 'Calls that were repeated after a network failure.',
      labelNames: ['subgraph'],
      registers,
    });
    const loads: readonly (readonly [name: string, help: string, load: keyof LineLoad])[] = [
      ['gateway_subgraph_calls_under_way', 'Calls to subgraphs that have not ended.', 'underWay'],
      ['gateway_subgraph_calls_waiting', 'Calls to subgraphs that wait in line for their turn.', 'waiting'],
    ];
    for (const [name, help, load] of loads) {
      const collect = (): void => {
        for (const [subgraph, line] of this.#lines) gauge.set({ subgraph }, line[load]);
      };
      const gauge = new Gauge({ name, help, labelNames: ['subgraph'], registers, collect });
    }
  }

  /** Takes the place of an earlier line to the same subgraph. */
  watch(subgraph: string, line: LineLoad): void {
    this.#lines.set(subgraph, line);
    this.#state.set({ subgraph }, STATE_VALUES.closed);
  }

  circuitChanged(subgraph: string, state: CircuitState): void {
    this.#state.set({ subgraph }, STATE_VALUES[state]);
    if (state === 'open') this.#openings.inc({ subgraph });
  }

  refused(subgraph: string, reason: RefusalReason): void {
    this.#refused.inc({ subgraph, reason });
  }

  repeated(subgraph: string): void {
    this.#retries.inc({ subgraph });
  }
}
