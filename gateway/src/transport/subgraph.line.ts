import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@supergraph/protocol';
import type { GatewaySettings } from '../settings.ts';
import { CircuitBreaker, type CircuitState, REFUSED } from './circuit-breaker.ts';
import { ConcurrencyLimit } from './concurrency.limit.ts';
import { ExchangeFailure, type HttpAnswer } from './http-exchange.ts';
import type { LineLoad, LineMetrics, RefusalReason } from './line.metrics.ts';
import { RetryBudget } from './retry.budget.ts';

/** The call was not sent. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`refused by the ${reason}`);
    this.reason = reason;
  }
}

/** Sends a call once. Rejects with {@link ExchangeFailure}. */
export type Send = (timeoutMs: number, signal: AbortSignal | undefined) => Promise<HttpAnswer>;

/** What a proxy says when the subgraph behind it is away, and a subgraph when it has too much to do. */
const UNAVAILABLE_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * The line to one subgraph, on which calls go out only as long as that makes sense: not while the subgraph does not
 * answer anybody, not more at once than it can take, and not a second time when too many went wrong the first time.
 */
export class SubgraphLine implements LineLoad {
  readonly #subgraph: string;
  readonly #timeoutMs: number;
  readonly #jitterMs: number;
  readonly #breaker: CircuitBreaker;
  readonly #places: ConcurrencyLimit;
  readonly #retries: RetryBudget;
  readonly #metrics: LineMetrics;

  constructor(subgraph: string, settings: GatewaySettings, metrics: LineMetrics, logger: Logger) {
    this.#subgraph = subgraph;
    this.#timeoutMs = settings.subgraphTimeouts[subgraph] ?? settings.subgraphTimeoutMs;
    this.#jitterMs = settings.retryJitterMs;
    this.#metrics = metrics;
    this.#places = new ConcurrencyLimit(
      settings.subgraphConcurrencies[subgraph] ?? settings.subgraphConcurrency,
      settings.subgraphQueue,
    );
    this.#retries = new RetryBudget(settings.retryPercent / 100, settings.retryBurst);
    const rules = {
      windowMs: settings.circuitWindowMs,
      minimumCalls: settings.circuitMinimumCalls,
      failureRate: settings.circuitFailurePercent / 100,
      openMs: settings.circuitOpenMs,
    };
    this.#breaker = new CircuitBreaker(rules, (state) => {
      metrics.circuitChanged(subgraph, state);
      logger.warn({ subgraph, state }, 'The circuit of a subgraph has changed');
    });
    metrics.watch(subgraph, this);
  }

  get circuit(): CircuitState {
    return this.#breaker.state;
  }

  get underWay(): number {
    return this.#places.taken;
  }

  get waiting(): number {
    return this.#places.waiting;
  }

  /**
   * Makes a call that can be made twice: one that the network failed is repeated if there is time and budget. The call
   * ends with the signal. Rejects with {@link ExchangeFailure} or {@link CallRefused}, after the subgraph's time at most.
   */
  async query(send: Send, signal?: AbortSignal): Promise<HttpAnswer> {
    const deadline = performance.now() + this.#timeoutMs;
    this.#retries.callMade();
    try {
      return await this.#attempt(send, deadline, signal);
    } catch (error) {
      // Typically a kept connection that the subgraph closed in the very moment we used it.
      if (!(error instanceof ExchangeFailure) || error.reason !== 'network' || error.answerBegun) throw error;
      if (this.#breaker.isRefusing || !this.#retries.take()) throw error;
      const jitterMs = Math.random() * this.#jitterMs;
      if (jitterMs < deadline - performance.now()) await pause(jitterMs);
      this.#metrics.repeated(this.#subgraph);
      return this.#attempt(send, deadline, signal);
    }
  }

  /** Makes a call that must not be made twice, and that goes on when its client has left. */
  mutation(send: Send): Promise<HttpAnswer> {
    return this.#attempt(send, performance.now() + this.#timeoutMs, undefined);
  }

  async #attempt(send: Send, deadline: number, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    if (this.#breaker.isRefusing) throw this.#refusal('circuit');
    if (!this.#places.take()) await this.#wait(deadline, signal);
    try {
      return await this.#pass(send, deadline, signal);
    } finally {
      this.#places.giveBack();
    }
  }

  async #wait(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    const wait = await this.#places.wait(deadline - performance.now(), signal);
    if (wait === 'full') throw this.#refusal('queue');
    if (wait !== 'entered') throw new ExchangeFailure(wait === 'left' ? 'abandoned' : 'timeout', false);
  }

  async #pass(send: Send, deadline: number, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    // It may have opened while this call waited in line.
    const passage = this.#breaker.enter();
    if (passage === REFUSED) throw this.#refusal('circuit');
    try {
      const answer = await send(deadline - performance.now(), signal);
      if (UNAVAILABLE_STATUSES.has(answer.status)) this.#breaker.failed(passage);
      else this.#breaker.succeeded(passage);
      return answer;
    } catch (error) {
      const { reason } = error as ExchangeFailure;
      if (reason === 'abandoned') this.#breaker.abandoned(passage);
      // Whoever sends too much is there, and one client's greed must not cut off the others.
      else if (reason === 'too large' || reason === 'no room') this.#breaker.succeeded(passage);
      else this.#breaker.failed(passage);
      throw error;
    }
  }

  #refusal(reason: RefusalReason): CallRefused {
    this.#metrics.refused(this.#subgraph, reason);
    return new CallRefused(reason);
  }
}
