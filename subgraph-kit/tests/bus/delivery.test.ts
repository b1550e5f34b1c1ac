import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { TestDatabase } from '@supergraph/testkit';
import type { EventEnvelope } from '../../src/events/event.ts';
import { createLedgerDatabase } from './ledger.database.ts';
import { book, Ledger, type LedgerWork, on, until } from './ledger.ts';

/** A use-case that notes under this name that it ran. */
const booking =
  (name: string) =>
  (work: LedgerWork, { data }: { data: { readonly payment: string } }) =>
    book(work, name, data.payment);

const QUICK = { maxAttempts: 8, firstDelay: 0.05, maxDelay: 0.05 };

describe('events', () => {
  let database: TestDatabase;
  let ledger: Ledger;

  beforeAll(async () => {
    database = await createLedgerDatabase();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    ledger = await Ledger.open(database.url);
    await ledger.sql('update bus.delivery set status = ?, finished_at = now() where status = ?', [
      'discarded',
      'pending',
    ]);
  });
  afterEach(() => ledger.close());

  test('reach each handler exactly once, with two replicas of four workers', async () => {
    const other = await Ledger.open(database.url);
    const both = {
      bookPayment: on('payment.taken', booking('book')),
      thankPayer: on('payment.taken', booking('thank')),
    };
    await ledger.consumer(both).start();
    await other.consumer(both).start();
    const payments = (await Promise.all(Array.from({ length: 30 }, () => ledger.takePayments(10)))).flat();
    await until(async () => (await ledger.effects('book')).size >= 300 && (await ledger.effects('thank')).size >= 300);
    await other.close();
    for (const handler of ['book', 'thank']) {
      expect(await ledger.effects(handler)).toEqual(new Map(payments.map((payment) => [payment, 1])));
    }
  });

  test('arrive as they were published, under the same correlation id', async () => {
    let seen: { event: EventEnvelope; correlationId: string; organizationId: string | undefined } | undefined;
    const noteEvent = {
      noteEvent: on('payment.taken', async ({ correlationId, session }: LedgerWork, event) => {
        seen = { event, correlationId, organizationId: session.organizationId };
      }),
    };
    await ledger.consumer(noteEvent).start();
    const organizationId = '0199a000-0000-7000-8000-000000000001';
    await ledger.run(async (work) => work.publish('payment.taken', { payment: 'p' }, { organizationId }), 'request-42');
    await until(() => seen !== undefined);
    expect(seen).toMatchObject({
      correlationId: 'request-42',
      organizationId,
      event: { name: 'payment.taken', version: 1, data: { payment: 'p' }, actor: { kind: 'system' }, organizationId },
    });
    expect(seen!.event.occurredAt).toBeInstanceOf(Date);
  });

  test('that a handler publishes are committed with its effect, or not at all', async () => {
    let failures = 2;
    const hints: string[] = [];
    const chain = {
      bookOrFail: on('payment.taken', async (work: LedgerWork, { data }) => {
        await book(work, 'book-or-fail', data.payment);
        // A use-case inside a handler commits what it did, as everywhere; only the handler's end makes it true.
        await work.transaction(async () => work.publish('payment.booked', { payment: data.payment }));
        await work.commit();
        work.afterCommit(() => void hints.push(data.payment));
        failures -= 1;
        if (failures >= 0) throw new Error('the books are closed');
      }),
      reportBooking: on('payment.booked', booking('report')),
    };
    await ledger.consumer(chain, { retry: QUICK, pollInterval: 50 }).start();
    const [payment] = await ledger.takePayments(1);
    await until(async () => (await ledger.effects('report')).size === 1);
    expect(await ledger.effects('book-or-fail')).toEqual(new Map([[payment, 1]]));
    expect(await ledger.effects('report')).toEqual(new Map([[payment, 1]]));
    expect(hints).toEqual([payment]);
    const [delivery] = await ledger.sql<{ attempts: number; status: string }>(
      `select attempts, status from bus.delivery where consumer = 'ledger/bookOrFail' and last_error is not null`,
    );
    expect(delivery).toEqual({ attempts: 2, status: 'done' });
  });

  test('that many handlers fail at once with are all handled in the end, each after as many attempts', async () => {
    const failures = new Map<string, number>();
    const failTwice = {
      failTwice: on('payment.taken', async (work: LedgerWork, { data }) => {
        const count = failures.get(data.payment) ?? 0;
        failures.set(data.payment, count + 1);
        if (count < 2) throw new Error('the books are closed');
        await book(work, 'fail-twice', data.payment);
      }),
    };
    const retry = { maxAttempts: 8, firstDelay: 0.001, maxDelay: 0.001 };
    await ledger.consumer(failTwice, { retry, pollInterval: 10 }).start();
    const payments = await ledger.takePayments(60);
    await until(async () => (await ledger.effects('fail-twice')).size === payments.length);
    const attempts = await ledger.sql<{ attempts: number }>(
      `select distinct attempts from bus.delivery where consumer = 'ledger/failTwice'`,
    );
    expect(attempts).toEqual([{ attempts: 2 }]);
  });

  test('whose handler loses its connection come to it again', async () => {
    let cuts = 1;
    const lose = {
      lose: on('payment.taken', async (work: LedgerWork, { data }) => {
        await book(work, 'lose', data.payment);
        cuts -= 1;
        if (cuts >= 0) await work.em.execute('select pg_terminate_backend(pg_backend_pid())');
      }),
    };
    await ledger.consumer(lose).start();
    const [payment] = await ledger.takePayments(1);
    await until(async () => (await ledger.effects('lose')).size === 1);
    expect(cuts).toBe(-1);
    expect(await ledger.effects('lose')).toEqual(new Map([[payment, 1]]));
  });

  test('of a transaction that is rolled back never arrive', async () => {
    const hear = {
      hear: on('payment.taken', booking('hear')),
    };
    await ledger.consumer(hear).start();
    const em = ledger.openEntityManager();
    await em.begin();
    await ledger.outbox.append(em, [
      {
        id: '0199a000-0000-7000-8000-000000000002',
        name: 'payment.taken',
        version: 1,
        occurredAt: new Date(),
        actor: { kind: 'system' },
        correlationId: 'test-request',
        data: { payment: 'never' },
      },
    ]);
    await em.rollback();
    const [payment] = await ledger.takePayments(1);
    await until(async () => (await ledger.effects('hear')).size > 0);
    expect(await ledger.effects('hear')).toEqual(new Map([[payment, 1]]));
    expect(await ledger.sql(`select from bus.event where data ->> 'payment' = 'never'`)).toHaveLength(0);
  });

  test('wait for a consumer that is subscribed and has never run', async () => {
    const late = {
      late: on('payment.taken', booking('late')),
    };
    await ledger.subscribe(late);
    const payments = await ledger.takePayments(20);
    await ledger.consumer(late).start();
    await until(async () => (await ledger.effects('late')).size === 20);
    expect([...(await ledger.effects('late')).keys()].sort()).toEqual(payments.sort());
  });

  test('of a handler that this replica does not have are left for one that has it', async () => {
    await ledger.subscribe({ newer: on('payment.taken', async () => {}) });
    const known = {
      known: on('payment.taken', booking('known')),
    };
    await ledger.subscribe(known);
    await ledger.takePayments(3);
    expect(await ledger.consumer(known).drain()).toBe(3);
    const waiting = `select from bus.delivery where consumer = 'ledger/newer' and status = 'pending'`;
    expect(await ledger.sql(waiting)).toHaveLength(3);
  });

  test('are handled within milliseconds of the commit, without waiting for a poll', async () => {
    const delays: number[] = [];
    let committed = 0;
    const measure = {
      measure: on('payment.taken', async () => delays.push(performance.now() - committed)),
    };
    await ledger.consumer(measure, { pollInterval: 60_000 }).start();
    for (let round = 1; round <= 20; round += 1) {
      await ledger.takePayments(1);
      committed = performance.now();
      await until(() => delays.length === round, 2_000);
    }
    const median = delays.sort((one, other) => one - other)[10]!;
    // Typically 3 ms; the bound leaves room for a busy machine and none for polling.
    expect(median).toBeLessThan(50);
  });

  test('are found by polling when the connection that listens is cut, and it comes back', async () => {
    const hear = {
      cut: on('payment.taken', booking('cut')),
    };
    await ledger.consumer(hear, { pollInterval: 100 }).start();
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    const listeners = `from pg_stat_activity where datname = current_database() and application_name = 'ledger bus'`;
    const cut = await admin.query<{ pid: number }>(`select pid, pg_terminate_backend(pid) ${listeners}`);
    expect(cut.rowCount).toBe(1);
    await ledger.takePayments(1);
    await until(async () => (await ledger.effects('cut')).size === 1);
    const back = async () =>
      (await admin.query(`select ${listeners} and pid <> $1`, [cut.rows[0]!.pid])).rowCount === 1;
    await until(back).finally(() => admin.end());
  });

  test('cost one statement to publish, however many there are and however many hear them', async () => {
    const statements: string[] = [];
    const watched = await Ledger.open(database.url, { onSql: (statement) => void statements.push(statement) });
    const counts = [];
    for (const events of [1, 50]) {
      statements.length = 0;
      await watched.takePayments(events);
      counts.push(statements.length);
    }
    await watched.close();
    expect(counts).toEqual([3, 3]);
    expect(statements).toEqual(['begin', expect.stringContaining('insert into bus.event'), 'commit']);
  });
});
