import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { createLogger, systemClock } from '@supergraph/protocol';
import { createOrm } from '../../src/database/orm.ts';
import { withRowScope } from '../../src/database/row-scope.ts';
import type { SqlObserver } from '../../src/database/sql-observer.ts';
import { EventConsumer, type EventConsumerOptions } from '../../src/events/event.consumer.ts';
import { EventOutbox } from '../../src/events/event.outbox.ts';
import type { EventHandlers } from '../../src/events/event-handler.ts';
import { eventsOf } from '../../src/events/on-event.ts';
import { subscriptionsOf } from '../../src/events/subscription.ts';
import type { JobHandlers } from '../../src/jobs/job-handler.ts';
import { JobQueue } from '../../src/jobs/job.queue.ts';
import type { Live } from '../../src/live/live.ts';
import { Session } from '../../src/session/session.ts';
import type { BackgroundRuntime } from '../../src/work/background.ts';
import { type Scope, Work } from '../../src/work/work.ts';
import { Effect } from './effect.entity.ts';

/** The events of an imaginary subgraph that keeps books. */
export interface LedgerEvents {
  'payment.taken': { readonly payment: string };
  'payment.booked': { readonly payment: string };
}

export type LedgerWork = Work<unknown, LedgerEvents>;

/** Makes a handler of one of the ledger's own events. */
export const { on } = eventsOf<LedgerEvents>();

const VERSIONS = { 'payment.taken': 1, 'payment.booked': 1 };

/** One replica of the ledger on a database. */
export class Ledger implements BackgroundRuntime<unknown, LedgerEvents> {
  readonly #orm: MikroORM;
  readonly #url: string;
  readonly #log = createLogger('ledger', 'silent');
  readonly jobs: JobQueue;
  readonly outbox: EventOutbox;
  readonly #consumers: EventConsumer[] = [];

  private constructor(orm: MikroORM, url: string, jobs: JobHandlers<unknown, LedgerEvents>) {
    this.#orm = orm;
    this.#url = url;
    this.jobs = new JobQueue({
      subgraph: 'ledger',
      databaseUrl: url,
      handlers: jobs,
      log: this.#log,
      scheduleInterval: 1,
    });
    this.outbox = new EventOutbox({ producer: 'ledger', jobs: this.jobs });
  }

  static async open(
    url: string,
    options: { jobs?: JobHandlers<unknown, LedgerEvents>; onSql?: SqlObserver } = {},
  ): Promise<Ledger> {
    const orm = await createOrm({ subgraph: 'ledger', url, entities: [Effect], poolSize: 12, onSql: options.onSql });
    return new Ledger(orm, url, options.jobs ?? {});
  }

  openEntityManager(): EntityManager {
    return this.#orm.em.fork();
  }

  openScope(session: Session, { correlationId }: { correlationId: string }): Scope<unknown> {
    // Nothing here is live.
    return {
      session,
      correlationId,
      clock: systemClock,
      log: this.#log,
      live: undefined as unknown as Live,
      services: {},
    };
  }

  openWork(scope: Scope<unknown>, em: EntityManager = this.openEntityManager()): LedgerWork {
    return new Work(em, scope, this.outbox, VERSIONS);
  }

  /** A use-case, as a request would run it. */
  async run<Result>(useCase: (work: LedgerWork) => Promise<Result>, correlationId = 'test-request'): Promise<Result> {
    const session = Session.system();
    return withRowScope(session, async () => {
      const work = this.openWork(this.openScope(session, { correlationId }));
      const result = await useCase(work);
      await work.commit();
      return result;
    });
  }

  async takePayments(count: number): Promise<string[]> {
    return this.run(async (work) => {
      const payments = Array.from({ length: count }, () => work.newId());
      for (const payment of payments) work.publish('payment.taken', { payment });
      return payments;
    });
  }

  consumer(handlers: EventHandlers<unknown, LedgerEvents>, options: Partial<EventConsumerOptions> = {}): EventConsumer {
    const consumer = new EventConsumer({
      subgraph: 'ledger',
      databaseUrl: this.#url,
      handlers,
      runtime: this,
      log: this.#log,
      ...options,
    });
    this.#consumers.push(consumer);
    return consumer;
  }

  /** What a migration does for consumers that have never run. */
  async subscribe(handlers: EventHandlers<unknown, LedgerEvents>): Promise<void> {
    const subscriptions = subscriptionsOf('ledger', handlers);
    for (const { consumer, event } of subscriptions) {
      await this.sql('insert into bus.subscription values (?, ?) on conflict do nothing', [consumer, event]);
    }
  }

  sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.openEntityManager().execute<Row[]>(text, values);
  }

  /** How often each subject was acted on. */
  async effects(handler: string): Promise<Map<string, number>> {
    const rows = await this.sql<{ subject: string; times: number }>(
      'select subject, count(*)::integer as times from ledger.effect where handler = ? group by subject',
      [handler],
    );
    return new Map(rows.map(({ subject, times }) => [subject, times]));
  }

  async close(): Promise<void> {
    for (const consumer of this.#consumers) await consumer.stop();
    await this.jobs.stop();
    await this.#orm.close();
  }
}

/** Notes an effect, to be written with the work. */
export async function book(work: LedgerWork, handler: string, subject: string): Promise<void> {
  work.em.create(Effect, { handler, subject });
}

/** Waits until something holds. Fails with what was seen last. */
export async function until(holds: () => Promise<boolean> | boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come about within ${timeoutMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
