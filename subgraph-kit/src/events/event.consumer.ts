import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '@supergraph/protocol';
import { SILENT_TRACER, type Span, type Tracer } from '@supergraph/telemetry';
import { connectAs } from '../database/role.ts';
import { withRowScope } from '../database/row-scope.ts';
import { Session } from '../session/session.ts';
import { failedWith, traceBackground } from '../tracing/background.span.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import { Bell } from './bell.ts';
import { BusListener } from './bus.listener.ts';
import { CrowdLock } from './crowd.lock.ts';
import { claimDelivery, type Delivery, markDead, markDone, MARK_ATTEMPT, recordFailure } from './delivery.ts';
import { DeliveryCleaning } from './delivery.cleaning.ts';
import type { EventHandlers } from './event-handler.ts';
import { failureReason } from './failure-reason.ts';
import { DEFAULT_RETRY_POLICY, retryDelay, type RetryPolicy } from './retry.policy.ts';
import { runSql } from './statement.ts';
import { columnsOf, SUBSCRIBE, subscriptionsOf } from './subscription.ts';

export interface EventConsumerOptions {
  readonly subgraph: string;
  /** The database's URL; the consumer narrows it to the subgraph's role. */
  readonly databaseUrl: string;
  readonly handlers: EventHandlers;
  readonly runtime: BackgroundRuntime;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
  /** Handlers that run at once; each holds one connection of the pool meanwhile. 4 unless told. */
  readonly workers?: number;
  readonly retry?: RetryPolicy;
  /** Milliseconds between looks when nobody calls: finds retries that are due, and what a lost notification announced. */
  readonly pollInterval?: number;
  /** Days that finished deliveries are kept; the event log is kept for good. 14 unless told. */
  readonly retentionDays?: number;
}

const PAUSE_AFTER_FAULT_MS = 1_000;

/**
 * Brings a subgraph the events it subscribed to, each exactly once per handler.
 *
 * Claim, effect and "done" are one transaction: a process that dies at any point leaves the event as it was. Any number
 * of replicas may consume side by side. Events of one handler are not kept in order.
 */
export class EventConsumer {
  readonly #options: EventConsumerOptions;
  readonly #consumers: string[];
  readonly #retry: RetryPolicy;
  readonly #bell = new Bell();
  readonly #crowd = new CrowdLock();
  readonly #listener: BusListener;
  readonly #cleaning: DeliveryCleaning;
  #workers: Promise<void>[] = [];
  #poll: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: EventConsumerOptions) {
    const { subgraph, databaseUrl, log, runtime } = options;
    this.#options = options;
    this.#consumers = Object.keys(options.handlers).map((name) => `${subgraph}/${name}`);
    this.#retry = options.retry ?? DEFAULT_RETRY_POLICY;
    this.#listener = new BusListener({
      url: connectAs(databaseUrl, subgraph),
      subgraph,
      log,
      onWake: () => this.#bell.ring(),
    });
    this.#cleaning = new DeliveryCleaning({ subgraph, log, runtime, retentionDays: options.retentionDays ?? 14 });
  }

  async start(): Promise<void> {
    this.#cleaning.start();
    if (this.#consumers.length === 0) return;
    const subscriptions = subscriptionsOf(this.#options.subgraph, this.#options.handlers);
    await runSql(this.#options.runtime.openEntityManager(), SUBSCRIBE, columnsOf(subscriptions));
    await this.#listener.start();
    this.#poll = setInterval(() => this.#bell.ring(), this.#options.pollInterval ?? 1_000);
    this.#workers = Array.from({ length: this.#options.workers ?? 4 }, () => this.#consume());
  }

  /**
   * Handles what is due now, and what that causes, one after the other. For scripts and tests, which do not start it.
   *
   * @returns how many deliveries were attempted
   */
  async drain(): Promise<number> {
    let attempted = 0;
    while (await withRowScope(Session.system(), () => this.#consumeOne())) attempted += 1;
    return attempted;
  }

  /** Lets running handlers finish and takes no further event. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#poll);
    this.#bell.ringAll();
    await Promise.all(this.#workers);
    await this.#cleaning.stop();
    await this.#listener.stop();
  }

  async #consume(): Promise<void> {
    const system = Session.system();
    while (!this.#stopping) {
      try {
        const found = await withRowScope(system, () => this.#consumeOne());
        if (!found && !this.#stopping) await this.#bell.sleep();
      } catch (error) {
        this.#options.log.error({ err: error }, 'cannot consume events');
        if (!this.#stopping) await pause(PAUSE_AFTER_FAULT_MS);
      }
    }
    // A bell wakes one; on the way out it wakes the next.
    this.#bell.ring();
  }

  /** @returns whether there was anything to do */
  async #consumeOne(): Promise<boolean> {
    const em = this.#options.runtime.openEntityManager();
    await em.begin();
    try {
      const delivery = await claimDelivery(em, this.#options.subgraph, this.#consumers);
      if (!delivery) return false;
      // Where there was one there may be more.
      this.#bell.ring();
      if (delivery.attempts + delivery.deaths >= this.#retry.maxAttempts) await this.#giveUp(em, delivery);
      // What was in hand when a process died may have killed it. Run by itself, it can only take itself down again.
      else await this.#crowd.run(delivery.deaths > 0, () => this.#begin(em, delivery));
      return true;
    } finally {
      if (em.isInTransaction()) await em.rollback();
    }
  }

  async #giveUp(em: EntityManager, delivery: Delivery): Promise<void> {
    await markDead(
      em,
      delivery,
      `The process, or its connection, died ${delivery.deaths} times while it handled this event.`,
    );
    await em.commit();
    this.#logOf(delivery).error('an event kills its handler; it went to the dead letters');
  }

  #begin(em: EntityManager, delivery: Delivery): Promise<void> {
    const { id, name, correlationId, traceparent } = delivery.event;
    const at = { system: 'postgresql', destination: delivery.consumer };
    return traceBackground(
      this.#options.tracer ?? SILENT_TRACER,
      { name: `handle ${name}`, ...at, id, correlationId, traceparent },
      (span) => this.#handle(em, delivery, span),
    );
  }

  async #handle(em: EntityManager, delivery: Delivery, span: Span): Promise<void> {
    const { event, consumer } = delivery;
    const log = this.#logOf(delivery);
    const handler = this.#options.handlers[consumer.slice(consumer.indexOf('/') + 1)]!;
    await this.#noteAttempt(delivery);
    const { runtime } = this.#options;
    const { correlationId } = event;
    const { traceparent } = span;
    const scope = runtime.openScope(Session.system(event.organizationId), { correlationId, traceparent });
    const work = runtime.openWork(scope, em);
    await work.transaction(async () => {
      try {
        await work.undoable(async () => {
          await handler.handle(event, work);
          await markDone(em, delivery);
        });
        log.debug('an event was handled');
      } catch (error) {
        failedWith(span, error);
        const retryAfter = retryDelay(this.#retry, delivery.attempts + delivery.deaths + 1);
        // First of all: with its connection gone, the failure cannot be noted, and the attempt counts as a death.
        if (retryAfter === undefined) log.error({ err: error }, 'an event cannot be handled: to the dead letters');
        else log.warn({ err: error, retryAfter }, 'an event could not be handled and will be retried');
        // Under the same lock: whoever could claim the event in between would take the attempt that is noted for a death.
        await recordFailure(em, delivery, failureReason(error), retryAfter);
      }
    });
  }

  async #noteAttempt({ event, consumer }: Delivery): Promise<void> {
    // Without its own connection this cannot be noted, and handling the event matters more.
    if (!this.#listener.connected) return;
    try {
      await this.#listener.execute(MARK_ATTEMPT, [event.id, consumer]);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'cannot note that an attempt begins');
    }
  }

  #logOf({ event, consumer }: Delivery): Logger {
    return this.#options.log.child({
      correlationId: event.correlationId,
      consumer,
      event: event.name,
      eventId: event.id,
    });
  }
}
