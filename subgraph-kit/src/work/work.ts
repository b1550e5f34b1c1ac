import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock, Logger } from '@supergraph/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { EventCatalogue, EventEnvelope } from '../events/event.ts';
import type { JobRequest, ScheduledJob } from '../jobs/job.ts';
import type { Live } from '../live/live.ts';
import type { Session } from '../session/session.ts';

/** What a request, an event or a job brings along, whoever it is for. */
export interface Scope<Services> {
  readonly session: Session;
  readonly correlationId: string;
  /** The trace this is a part of, in the form of the header. Absent where nothing is traced. */
  readonly traceparent?: string | undefined;
  /** The client's address; absent for events and jobs. */
  readonly clientAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  /** The client's preferred language tag, for example `en` or `de-CH`. */
  readonly locale?: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: Live;
  /** What the subgraph's composition root built once at start: mailers, hashers, its settings. */
  readonly services: Services;
}

/** Writes what a use-case announces, inside the transaction that makes it true. */
export interface Outbox {
  append(em: EntityManager, events: readonly EventEnvelope[]): Promise<void>;
  enqueue(em: EntityManager, jobs: readonly ScheduledJob[]): Promise<void>;
}

/**
 * What one use-case works with: its own identity map, and one transaction in which its changes, events and jobs become
 * true together.
 *
 * Nothing is written before the use-case has returned, unless it opens `transaction` itself.
 */
export class Work<Services = unknown, Events extends object = EventCatalogue> {
  readonly session: Session;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
  readonly clientAddress: string | undefined;
  readonly userAgent: string | undefined;
  readonly locale: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly services: Services;
  readonly live: Live;
  readonly #outbox: Outbox;
  readonly #versions: Readonly<Record<string, number>>;
  #events: EventEnvelope[] = [];
  #jobs: ScheduledJob[] = [];
  #afterCommit: (() => void | Promise<void>)[] = [];
  #inTransaction = false;

  constructor(
    readonly em: EntityManager,
    scope: Scope<Services>,
    outbox: Outbox,
    versions: Readonly<Record<string, number>>,
  ) {
    this.session = scope.session;
    this.correlationId = scope.correlationId;
    this.traceparent = scope.traceparent;
    this.clientAddress = scope.clientAddress;
    this.userAgent = scope.userAgent;
    this.locale = scope.locale;
    this.clock = scope.clock;
    this.log = scope.log;
    this.services = scope.services;
    this.live = scope.live;
    this.#outbox = outbox;
    this.#versions = versions;
  }

  now(): Date {
    return this.clock.now();
  }

  /** A new id, sortable by time. */
  newId(): string {
    return uuidv7({ msecs: this.clock.now().getTime() });
  }

  /** Announces that something happened. It becomes true with the transaction, or not at all. */
  publish<Name extends keyof Events & string>(
    name: Name,
    data: Events[Name] & object,
    options: { organizationId?: string } = {},
  ): void {
    const version = this.#versions[name];
    if (!version) throw new Error(`Event ${name} is not in this subgraph's catalogue.`);
    const { kind, userId, actorId } = this.session;
    this.#events.push({
      id: this.newId(),
      name,
      version,
      occurredAt: this.clock.now(),
      organizationId: options.organizationId ?? this.session.organizationId,
      actor: { kind, userId, actorId },
      correlationId: this.correlationId,
      traceparent: this.traceparent,
      data,
    });
  }

  /** Asks for a job to run once the transaction is committed. */
  schedule(job: JobRequest): void {
    const { correlationId, traceparent } = this;
    this.#jobs.push({ ...job, correlationId, traceparent, organizationId: this.session.organizationId });
  }

  /** For hints only (live updates): it does not run when the process dies right after the commit. */
  afterCommit(run: () => void | Promise<void>): void {
    this.#afterCommit.push(run);
  }

  /**
   * Runs a part of a use-case in a transaction of its own, for locks and conditional updates. Changes, events and jobs
   * collected until its end are committed with it. Nested calls join the outer one.
   *
   * A transaction that `em` was in when the work was opened is taken over, and ends here: an event's consumer claims the
   * event and runs its handler in one.
   */
  async transaction<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#inTransaction) return run();
    // Before anything is awaited: two that start at once would each begin one, and the first would never end.
    this.#inTransaction = true;
    let result: Result;
    try {
      if (!this.em.isInTransaction()) await this.em.begin();
      result = await run();
      await this.#writeAnnouncements();
      await this.em.commit();
    } catch (error) {
      await this.#abandon();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
    await this.#announce();
    return result;
  }

  /**
   * Runs a part of a transaction that may fail by itself: when it throws, what it changed, published and asked for is
   * undone, and the transaction can go on without it. Only inside of `transaction`.
   */
  async undoable<Result>(run: () => Promise<Result>): Promise<Result> {
    await this.em.execute('savepoint undoable');
    try {
      const result = await run();
      // In here, because what is refused when it is written, or by a check that waits for the commit, has failed as well.
      await this.#writeAnnouncements();
      await this.em.execute('set constraints all immediate');
      return result;
    } catch (error) {
      this.#forget();
      this.em.clear();
      await this.em.execute('rollback to savepoint undoable').catch((lost: Error) => this.#rollbackFailed(lost));
      throw error;
    }
  }

  /**
   * Commits what is pending. The kit calls this after a use-case has returned; a use-case seldom needs to. Inside
   * `transaction` it only sends the changes, and the transaction's end commits them.
   */
  async commit(): Promise<void> {
    if (this.#inTransaction) return this.em.flush();
    if (this.#events.length > 0 || this.#jobs.length > 0 || this.em.isInTransaction()) {
      return this.transaction(async () => {});
    }
    await this.em.flush();
    await this.#announce();
  }

  #forget(): void {
    this.#events = [];
    this.#jobs = [];
    this.#afterCommit = [];
  }

  async #abandon(): Promise<void> {
    this.#forget();
    try {
      if (this.em.isInTransaction()) await this.em.rollback();
    } catch (error) {
      this.#rollbackFailed(error);
    }
  }

  /** The connection is gone, and the transaction with it. What made us roll back is the error worth telling. */
  #rollbackFailed(error: unknown): void {
    this.log.warn({ err: error }, 'a rollback failed');
  }

  async #writeAnnouncements(): Promise<void> {
    // Entities first: an event must not be written when a constraint refuses what it announces.
    await this.em.flush();
    if (this.#events.length > 0) await this.#outbox.append(this.em, this.#events.splice(0));
    if (this.#jobs.length > 0) await this.#outbox.enqueue(this.em, this.#jobs.splice(0));
  }

  async #announce(): Promise<void> {
    for (const run of this.#afterCommit.splice(0)) {
      try {
        await run();
      } catch (error) {
        this.log.warn({ err: error }, 'a live hint was lost');
      }
    }
  }
}
