import type { ErrorCode } from '@supergraph/protocol';
import { Counter, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** How a call to a subgraph ended. */
export type CallOutcome = 'answered' | 'unavailable' | 'timeout';

/** What is counted on the way of a request through the gateway. */
export class GatewayMetrics {
  readonly #requests: Histogram<'status'>;
  readonly #errors: Counter<'code'>;
  readonly #calls: Histogram<'subgraph' | 'outcome'>;
  readonly #retries: Counter<'subgraph'>;
  readonly #reloads: Counter<'outcome'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#requests = new Histogram({
      name: 'gateway_request_duration_seconds',
      help: 'GraphQL requests over HTTP, from the first byte read to the last byte written, by HTTP status.',
      labelNames: ['status'],
      buckets: SECONDS,
      registers,
    });
    this.#errors = new Counter({
      name: 'gateway_errors_total',
      help: 'Errors in answers, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#calls = new Histogram({
      name: 'gateway_subgraph_call_duration_seconds',
      help: 'Calls to subgraphs over HTTP, by how they ended.',
      labelNames: ['subgraph', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#retries = new Counter({
      name: 'gateway_subgraph_retries_total',
      help: 'Calls that were repeated after a network failure.',
      labelNames: ['subgraph'],
      registers,
    });
    this.#reloads = new Counter({
      name: 'gateway_graph_loads_total',
      help: 'Supergraphs found, by whether they could be served.',
      labelNames: ['outcome'],
      registers,
    });
  }

  requestEnded(status: number, milliseconds: number): void {
    this.#requests.observe({ status }, milliseconds / 1000);
  }

  errorSent(code: ErrorCode): void {
    this.#errors.inc({ code });
  }

  callEnded(subgraph: string, outcome: CallOutcome, milliseconds: number): void {
    this.#calls.observe({ subgraph, outcome }, milliseconds / 1000);
  }

  callRepeated(subgraph: string): void {
    this.#retries.inc({ subgraph });
  }

  graphLoaded(outcome: 'served' | 'refused'): void {
    this.#reloads.inc({ outcome });
  }
}
