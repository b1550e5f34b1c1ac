import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How much waits. */
export interface QueueDepths {
  /** Deliveries of events that are not handled yet. */
  readonly pending: number;
  /** Deliveries that have failed for good and wait for an operator. */
  readonly dead: number;
  /** Jobs that are due now or later. */
  readonly waiting: number;
  readonly active: number;
}

/** A subgraph's numbers for Prometheus. A registry of its own, so that several subgraphs can share a process. */
export class SubgraphMetrics {
  readonly registry = new Registry();
  readonly #operations: Histogram<'outcome'>;
  readonly #statements: Counter;
  readonly #deliveries: Gauge<'state'>;
  readonly #jobs: Gauge<'state'>;

  constructor(subgraph: string) {
    this.registry.setDefaultLabels({ subgraph });
    const registers = [this.registry];
    this.#operations = new Histogram({
      name: 'subgraph_operation_duration_seconds',
      help: 'Time to answer an operation of the gateway.',
      labelNames: ['outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    });
    this.#statements = new Counter({
      name: 'subgraph_sql_statements_total',
      help: 'Statements sent to the database.',
      registers,
    });
    this.#deliveries = new Gauge({
      name: 'subgraph_event_deliveries',
      help: 'Events that are not handled, by state: pending or dead. At most 10,000 are counted, every 15 seconds.',
      labelNames: ['state'],
      registers,
    });
    this.#jobs = new Gauge({
      name: 'subgraph_jobs',
      help: 'Jobs in the queue, by state: waiting or active. At most 10,000 are counted, every 15 seconds.',
      labelNames: ['state'],
      registers,
    });
  }

  countStatement(): void {
    this.#statements.inc();
  }

  /** @param seconds how long the operation took */
  observeOperation(seconds: number, outcome: 'ok' | 'refused' | 'failed'): void {
    this.#operations.observe({ outcome }, seconds);
  }

  sampled({ pending, dead, waiting, active }: QueueDepths): void {
    this.#deliveries.set({ state: 'pending' }, pending);
    this.#deliveries.set({ state: 'dead' }, dead);
    this.#jobs.set({ state: 'waiting' }, waiting);
    this.#jobs.set({ state: 'active' }, active);
  }
}
