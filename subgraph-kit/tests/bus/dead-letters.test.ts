import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLogger } from '@supergraph/protocol';
import type { TestDatabase } from '@supergraph/testkit';
import { discardDeadLetter, listDeadLetters, retryDeadLetter } from '../../src/events/dead-letter.ts';
import { DeliveryCleaning } from '../../src/events/delivery.cleaning.ts';
import { replaceSubscriptions } from '../../src/events/subscription.ts';
import { createLedgerDatabase } from './ledger.database.ts';
import { book, Ledger, type LedgerWork, on } from './ledger.ts';

const ONE_ATTEMPT = { maxAttempts: 1, firstDelay: 1, maxDelay: 1 };

describe('a delivery that has failed for the last time', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let mended: boolean;

  const books = {
    bookInto: on('payment.taken', async (work: LedgerWork, { data }) => {
      await book(work, 'book', data.payment);
      if (!mended) throw new TypeError('the books are closed');
    }),
  };
  const consume = () => ledger.consumer(books, { retry: ONE_ATTEMPT }).drain();

  beforeAll(async () => {
    database = await createLedgerDatabase();
    ledger = await Ledger.open(database.url);
    await ledger.subscribe(books);
  });
  beforeEach(() => {
    mended = false;
  });
  afterAll(async () => {
    await ledger.close();
    await database.drop();
  });

  test('is listed with its reason, page by page, and not attempted again', async () => {
    await ledger.takePayments(3);
    expect(await consume()).toBe(3);
    expect(await consume()).toBe(0);
    const em = ledger.openEntityManager();
    const page = await listDeadLetters(em, { first: 2 });
    const rest = await listDeadLetters(em, { first: 2, after: page.at(-1)!.id });
    expect([page.length, rest.length]).toEqual([2, 1]);
    expect(new Set([...page, ...rest].map(({ id }) => id)).size).toBe(3);
    expect(page[0]).toMatchObject({
      consumer: 'ledger/bookInto',
      name: 'payment.taken',
      attempts: 1,
      lastError: 'TypeError: the books are closed',
      correlationId: 'test-request',
      data: { payment: expect.any(String) },
      failedAt: expect.any(Date),
    });
    expect(await listDeadLetters(em, { first: 10, consumerPrefix: 'ledger/' })).toHaveLength(3);
    expect(await listDeadLetters(em, { first: 10, consumerPrefix: 'other/' })).toHaveLength(0);
    expect(await ledger.effects('book')).toEqual(new Map());
  });

  test('can be retried, once', async () => {
    mended = true;
    const em = ledger.openEntityManager();
    const [letter] = await listDeadLetters(em, { first: 1 });
    expect(await retryDeadLetter(em, letter!.id)).toBe(true);
    expect(await consume()).toBe(1);
    expect(await ledger.effects('book')).toEqual(new Map([[(letter!.data as { payment: string }).payment, 1]]));
    expect(await retryDeadLetter(em, letter!.id)).toBe(false);
    expect(await listDeadLetters(em, { first: 10 })).toHaveLength(2);
  });

  test('can be discarded, and is kept a while in case that was a mistake', async () => {
    const em = ledger.openEntityManager();
    const [letter] = await listDeadLetters(em, { first: 1 });
    expect(await discardDeadLetter(em, letter!.id)).toBe(true);
    expect(await discardDeadLetter(em, letter!.id)).toBe(false);
    expect(await consume()).toBe(0);
    expect(await listDeadLetters(em, { first: 10 })).toHaveLength(1);
    expect(await retryDeadLetter(em, letter!.id)).toBe(true);
  });

  test.each(['', 'nonsense', `0199a000-0000-7000-8000-000000000001:ledger/x`, `' or 1=1 --`])(
    'is not found by an id that is none of ours: %j',
    async (id) => {
      const em = ledger.openEntityManager();
      expect(await retryDeadLetter(em, id)).toBe(false);
      expect(await discardDeadLetter(em, id)).toBe(false);
    },
  );

  test('stays when the finished ones are purged, and so does the log of events', async () => {
    const cleaning = new DeliveryCleaning({
      subgraph: 'ledger',
      log: createLogger('ledger', 'silent'),
      runtime: ledger,
      retentionDays: 14,
    });
    const count = async (table: string) =>
      (await ledger.sql<{ count: number }>(`select count(*)::integer as count from bus.${table}`))[0]!.count;
    const [events, deliveries] = [await count('event'), await count('delivery')];
    expect(await cleaning.purge()).toBe(0);
    await ledger.sql(`update bus.delivery set finished_at = now() - interval '15 days' where status <> 'pending'`);
    // One done; of the other two, one is dead and one was brought back.
    expect(await cleaning.purge()).toBe(1);
    expect(await count('delivery')).toBe(deliveries - 1);
    expect(await count('event')).toBe(events);
  });

  test('is not the fate of what waits for a handler that a migration has removed', async () => {
    await ledger.takePayments(1);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await replaceSubscriptions(admin, 'ledger', [{ consumer: 'ledger/other', event: 'payment.booked' }]);
    await admin.end();
    expect(await ledger.sql(`select from bus.delivery where status = 'pending'`)).toHaveLength(0);
    expect(await ledger.sql('select consumer, event_name from bus.subscription')).toEqual([
      { consumer: 'ledger/other', event_name: 'payment.booked' },
    ]);
  });

  test('cannot be deleted by the subgraph itself, nor can the log be changed', async () => {
    await expect(ledger.sql('delete from bus.delivery')).rejects.toThrow('permission denied');
    await expect(ledger.sql('delete from bus.event')).rejects.toThrow('permission denied');
    await expect(ledger.sql(`update bus.event set data = '{}'`)).rejects.toThrow('permission denied');
  });
});
