import type { Clock, Logger } from '@supergraph/protocol';
import { type Message, MessageType } from 'graphql-ws';
import { backoffDelay } from './backoff.ts';
import { type UpstreamOperation, type UpstreamSubscriber, subgraphUnavailable } from './upstream-operation.ts';
import { UpstreamConnection } from './upstream.connection.ts';
import type { UpstreamMetrics } from './upstream.metrics.ts';
import type { UpstreamSettings } from './upstream.settings.ts';

export interface UpstreamSocketOptions {
  readonly subgraph: string;
  /** The routing URL, `http(s):` or `ws(s):`. */
  readonly url: string;
  readonly settings: UpstreamSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: UpstreamMetrics;
}

interface Subscription {
  readonly operation: UpstreamOperation;
  readonly subscriber: UpstreamSubscriber;
}

/**
 * All subscriptions of the gateway to one subgraph, over one socket.
 *
 * It connects with the first subscription and closes some time after the last. When the connection is lost it comes back
 * by itself and subscribes everybody again; what the subgraph published in between is not repeated. That is sound because
 * live events are hints here: whatever is live can be read back with a cursor. Only when the subgraph stays away for
 * `unavailableAfterMs` are its subscribers told, with `SUBGRAPH_UNAVAILABLE`.
 *
 * It has no circuit breaker: one attempt at a time, each after a longer pause than the one before, is what a breaker
 * would come to. Nor does it look at that of the calls, for a subgraph may answer the one and not the other.
 */
export class UpstreamSocket {
  readonly #options: UpstreamSocketOptions;
  readonly #subscriptions = new Map<string, Subscription>();
  #connection: UpstreamConnection | undefined;
  #acknowledgedAt: number | undefined;
  #failures = 0;
  #lastId = 0;
  #reconnectTimer: NodeJS.Timeout | undefined;
  #outageTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: UpstreamSocketOptions) {
    this.#options = options;
  }

  /** Whether nobody is subscribed. */
  get isIdle(): boolean {
    return this.#subscriptions.size === 0;
  }

  /** Starts a subscription and returns what ends it; after that the subscriber hears nothing more. */
  subscribe(operation: UpstreamOperation, subscriber: UpstreamSubscriber): () => void {
    if (this.#closed || this.#subscriptions.size >= this.#options.settings.maxSubscriptions) {
      queueMicrotask(() => subscriber.error(subgraphUnavailable(this.#options.subgraph)));
      return () => {};
    }
    const id = String(++this.#lastId);
    this.#subscriptions.set(id, { operation, subscriber });
    clearTimeout(this.#idleTimer);
    if (this.#acknowledgedAt !== undefined) this.#send(id, operation);
    else if (!this.#connection && !this.#reconnectTimer) this.#connect();
    return () => this.#unsubscribe(id);
  }

  /** Closes the connection for good. Whoever is still subscribed is told that the subgraph is unavailable. */
  close(): void {
    this.#closed = true;
    this.#disconnect();
    this.#failAll();
  }

  #connect(): void {
    const { url, settings, clock } = this.#options;
    this.#reconnectTimer = undefined;
    this.#outageTimer ??= setTimeout(() => this.#giveUp(), settings.unavailableAfterMs);
    this.#connection = new UpstreamConnection(url, settings, clock, {
      acknowledged: () => this.#acknowledged(),
      message: (message, bytes) => this.#received(message, bytes),
      lost: (reason) => this.#lost(reason),
    });
  }

  #acknowledged(): void {
    if (this.#acknowledgedAt !== undefined) return;
    this.#acknowledgedAt = performance.now();
    this.#options.metrics.opened(this.#options.subgraph);
    clearTimeout(this.#outageTimer);
    this.#outageTimer = undefined;
    for (const [id, { operation }] of this.#subscriptions) this.#send(id, operation);
    if (this.#subscriptions.size === 0) this.#closeWhenIdle();
  }

  #received(message: Message, bytes: number): void {
    if (
      message.type !== MessageType.Next &&
      message.type !== MessageType.Error &&
      message.type !== MessageType.Complete
    )
      return;
    // Unknown ids are normal: messages cross our own `complete`.
    const subscriber = this.#subscriptions.get(message.id)?.subscriber;
    if (!subscriber) return;
    if (message.type === MessageType.Next) return subscriber.next(message.payload, bytes);
    this.#forget(message.id);
    if (message.type === MessageType.Error) subscriber.error(message.payload);
    else subscriber.complete();
  }

  #lost(reason: string): void {
    const { logger, metrics, settings, subgraph } = this.#options;
    const lived = this.#acknowledgedAt === undefined ? 0 : performance.now() - this.#acknowledgedAt;
    if (this.#acknowledgedAt !== undefined) metrics.closed(subgraph);
    this.#connection = undefined;
    this.#acknowledgedAt = undefined;
    if (this.#subscriptions.size === 0) return this.#disconnect();
    this.#failures = lived >= settings.stableAfterMs ? 1 : this.#failures + 1;
    const delayMs = backoffDelay(this.#failures, settings.backoff);
    logger.warn({ subgraph, reason, failures: this.#failures, delayMs }, 'socket to subgraph lost, will reconnect');
    metrics.reconnecting(subgraph);
    this.#outageTimer ??= setTimeout(() => this.#giveUp(), settings.unavailableAfterMs);
    this.#reconnectTimer = setTimeout(() => this.#connect(), delayMs);
  }

  #giveUp(): void {
    const { logger, subgraph } = this.#options;
    logger.error({ subgraph, subscriptions: this.#subscriptions.size }, 'subgraph stays away, its subscriptions end');
    this.#disconnect();
    this.#failAll();
  }

  #unsubscribe(id: string): void {
    if (!this.#subscriptions.has(id)) return;
    this.#connection?.send({ id, type: MessageType.Complete });
    this.#forget(id);
  }

  #forget(id: string): void {
    this.#subscriptions.delete(id);
    if (this.#subscriptions.size === 0) this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#disconnect(), this.#options.settings.idleCloseMs);
    this.#idleTimer.unref();
  }

  #disconnect(): void {
    for (const timer of [this.#reconnectTimer, this.#outageTimer, this.#idleTimer]) clearTimeout(timer);
    this.#reconnectTimer = this.#outageTimer = this.#idleTimer = undefined;
    if (this.#acknowledgedAt !== undefined) this.#options.metrics.closed(this.#options.subgraph);
    this.#acknowledgedAt = undefined;
    this.#failures = 0;
    this.#connection?.close();
    this.#connection = undefined;
  }

  #failAll(): void {
    const subscriptions = [...this.#subscriptions.values()];
    this.#subscriptions.clear();
    for (const { subscriber } of subscriptions) subscriber.error(subgraphUnavailable(this.#options.subgraph));
  }

  #send(id: string, operation: UpstreamOperation): void {
    this.#connection?.send({
      id,
      type: MessageType.Subscribe,
      payload: {
        query: operation.query,
        variables: operation.variables,
        operationName: operation.operationName,
        extensions: operation.extensions(),
      },
    });
  }
}
