import type { ErrorCode } from '@supergraph/protocol';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CacheWatch } from '../execution/program.cache.ts';
import { LineMetrics } from '../transport/line.metrics.ts';

/** Upper bounds of the buckets of what takes time. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const BYTES = [256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

/** How a call to a subgraph ended. */
export type CallOutcome = 'answered' | 'unavailable' | 'timeout' | 'refused' | 'abandoned';

/** What is counted on the way of a request through the gateway. */
export class GatewayMetrics {
  readonly lines: LineMetrics;
  readonly #requests: Histogram<'status'>;
  readonly #errors: Counter<'code'>;
  readonly #calls: Histogram<'subgraph' | 'outcome'>;
  readonly #reloads: Counter<'outcome'>;
  readonly #plans: Counter<'cache' | 'outcome'>;
  readonly #planCount: Gauge<'cache'>;
  readonly #answers: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.lines = new LineMetrics(registry);
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
    this.#reloads = new Counter({
      name: 'gateway_graph_loads_total',
      help: 'Supergraphs found, by whether they could be served.',
      labelNames: ['outcome'],
      registers,
    });
    this.#plans = new Counter({
      name: 'gateway_plan_cache_lookups_total',
      help: 'Looks for the plan of a document, by whether it was there.',
      labelNames: ['cache', 'outcome'],
      registers,
    });
    this.#planCount = new Gauge({
      name: 'gateway_plan_cache_plans',
      help: 'Plans that are kept.',
      labelNames: ['cache'],
      registers,
    });
    this.#answers = new Histogram({
      name: 'gateway_answer_size_bytes',
      help: 'Answers over HTTP, before compression.',
      buckets: BYTES,
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

  answered(bytes: number): void {
    this.#answers.observe(bytes);
  }

  /** What a cache of this name tells of itself. */
  planCache(cache: 'operations' | 'subscriptions'): CacheWatch {
    const hits = this.#plans.labels({ cache, outcome: 'hit' });
    const misses = this.#plans.labels({ cache, outcome: 'miss' });
    const plans = this.#planCount.labels({ cache });
    return {
      found: () => hits.inc(),
      made: (size) => {
        misses.inc();
        plans.set(size);
      },
    };
  }

  graphLoaded(outcome: 'served' | 'refused'): void {
    this.#reloads.inc({ outcome });
  }
}
