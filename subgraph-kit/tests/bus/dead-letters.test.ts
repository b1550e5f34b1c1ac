import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLogger } from '@supergraph/protocol';
import type { TestDatabase } from '@supergraph/testkit';
import { DeliveryCleaning } from '../../src/events/delivery.cleaning.ts';
import { replaceSubscriptions } from '../../src/events/subscription.ts';
import { Clerk } from './clerk.ts';
import { createLedgerDatabase } from './ledger.database.ts';
import { book, Ledger, type LedgerWork, on } from './ledger.ts';

const ONE_ATTEMPT = { maxAttempts: 1, firstDelay: 1, maxDelay: 1 };

describe('a delivery that has failed for the last time', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let clerk: Clerk;
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
    clerk = await Clerk.open(database.url);
    await ledger.subscribe(books);
  });
  beforeEach(() => {
    mended = false;
  });
  afterAll(async () => {
    await clerk.close();
    await ledger.close();
    await database.drop();
  });

  test('is listed with its reason, and not attempted again', async () => {
    const payments = await ledger.takePayments(3);
    expect(await consume()).toBe(3);
    expect(await consume()).toBe(0);
    const letters = await clerk.letters();
    expect(letters.map(({ payment }) => payment).sort()).toEqual([...payments].sort());
    expect(letters[0]).toMatchObject({
      kind: 'EVENT',
      consumer: 'ledger/bookInto',
      subgraph: 'ledger',
      name: 'payment.taken',
      attempts: 1,
      last_error: 'TypeError: the books are closed',
      correlation_id: 'test-request',
    });
    expect(await ledger.effects('book')).toEqual(new Map());
  });

  test('can be retried, once', async () => {
    mended = true;
    const [letter] = await clerk.letters();
    expect(await clerk.settle('retry', letter!)).toEqual(['CHANGED']);
    expect(await consume()).toBe(1);
    expect(await ledger.effects('book')).toEqual(new Map([[letter!.payment, 1]]));
    expect(await clerk.settle('retry', letter!)).toEqual(['RETRIED']);
    expect(await clerk.settle('discard', letter!)).toEqual(['RETRIED']);
    expect(await clerk.letters()).toHaveLength(2);
  });

  test('that fails again after it was retried, is another letter', async () => {
    const [letter, other] = await clerk.letters();
    expect(await clerk.settle('retry', letter!)).toEqual(['CHANGED']);
    expect(await consume()).toBe(1);
    const letters = await clerk.letters();
    expect(letters.map(({ payment }) => payment)).toEqual([other!.payment, letter!.payment]);
    expect(letters[1]!.id).not.toBe(letter!.id);
    expect(await clerk.settle('retry', letter!)).toEqual(['RETRIED']);
  });

  test('can be discarded, and is kept a while in case that was a mistake', async () => {
    const [letter] = await clerk.letters();
    expect(await clerk.settle('discard', letter!)).toEqual(['CHANGED']);
    expect(await clerk.settle('discard', letter!)).toEqual(['DISCARDED']);
    expect(await clerk.settle('retry', letter!)).toEqual(['DISCARDED']);
    expect(await consume()).toBe(0);
    expect(await clerk.letters()).toHaveLength(1);
    expect(await clerk.settle('restore', letter!)).toEqual(['CHANGED']);
    expect(await clerk.settle('restore', letter!)).toEqual(['WAITING']);
    mended = true;
    expect(await clerk.settle('retry', letter!)).toEqual(['CHANGED']);
    expect(await consume()).toBe(1);
    expect((await ledger.effects('book')).get(letter!.payment)).toBe(1);
  });

  test.each([
    ['retry', 'retry', 'RETRIED'],
    ['retry', 'discard', 'RETRIED'],
    ['discard', 'retry', 'DISCARDED'],
    ['discard', 'discard', 'DISCARDED'],
  ] as const)('that one is about to %s can be left by who wants to %s', async (first, second, outcome) => {
    await ledger.takePayments(1);
    await consume();
    const letter = (await clerk.letters()).at(-1)!;
    expect(await clerk.settleTogether(letter, first, second)).toEqual(['CHANGED', outcome]);
    await consume();
  });

  test('gets one outcome, whoever decides about it at the same time', async () => {
    await ledger.takePayments(20);
    await consume();
    const letters = await clerk.letters();
    const [retried, discarded] = await Promise.all(
      (['retry', 'discard'] as const).map((decision) =>
        Promise.all(letters.map(async (letter) => (await clerk.settle(decision, letter))[0])),
      ),
    );
    for (const [index, { id }] of letters.entries()) {
      const [{ state, status }] = (await clerk.sql<{ state: string; status: string }>(
        'select state, status from bus.dead_letter join bus.delivery using (event_id, consumer) where id = ?',
        [id],
      )) as [{ state: string; status: string }];
      expect([
        ['RETRIED', 'pending', 'CHANGED', 'RETRIED'],
        ['DISCARDED', 'discarded', 'DISCARDED', 'CHANGED'],
      ]).toContainEqual([state, status, retried![index], discarded![index]]);
    }
    await consume();
  });

  test('is delivered once when it is retried from several sides while its consumers look for work', async () => {
    await ledger.takePayments(20);
    await consume();
    mended = true;
    const letters = await clerk.letters();
    const consumers = [1, 2, 3].map(() => ledger.consumer(books, { pollInterval: 5 }));
    await Promise.all(consumers.map((consumer) => consumer.start()));
    const half = Math.ceil(letters.length / 2);
    await Promise.all([
      ...letters.map((letter) => clerk.settle('retry', letter)),
      clerk.settle('retry', ...letters.slice(0, half)),
      clerk.settle('retry', ...letters.slice(half).reverse()),
    ]);
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await consume();
    const effects = await ledger.effects('book');
    expect(letters.map(({ payment }) => effects.get(payment))).toEqual(letters.map(() => 1));
    expect(await clerk.letters()).toEqual([]);
  });

  test('stays when the finished ones are purged, and so does the log of events', async () => {
    const cleaning = new DeliveryCleaning({
      subgraph: 'ledger',
      log: createLogger('ledger', 'silent'),
      runtime: ledger,
      retentionDays: 14,
    });
    await ledger.takePayments(2);
    mended = false;
    await consume();
    const [waiting, discarded] = await clerk.letters();
    await clerk.settle('discard', discarded!);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    const count = async (table: string) => (await admin.query(`select from bus.${table}`)).rowCount;
    const events = await count('event');
    expect(await cleaning.purge()).toBe(0);
    await admin.query(`update bus.delivery set finished_at = now() - interval '15 days' where status <> 'pending'`);
    await admin.query(`update bus.dead_letter set settled_at = now() - interval '15 days' where state <> 'WAITING'`);
    expect(await cleaning.purge()).toBeGreaterThan(0);
    expect(await count('event')).toBe(events);
    expect(await count('delivery')).toBe(1);
    expect(await count('dead_letter')).toBe(1);
    expect((await clerk.letters()).map(({ id }) => id)).toEqual([waiting!.id]);
    await admin.end();
  });

  test('is retried by nobody when its handler is gone, and what waits for a removed handler is discarded', async () => {
    const [letter] = await clerk.letters();
    await ledger.takePayments(1);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await replaceSubscriptions(admin, 'ledger', [{ consumer: 'ledger/other', event: 'payment.booked' }]);
    await admin.end();
    expect(await clerk.settle('retry', letter!)).toEqual(['NO_CONSUMER']);
    expect(await ledger.sql(`select from bus.delivery where status = 'pending'`)).toHaveLength(0);
    expect(await clerk.letters('DISCARDED')).toMatchObject([{ last_error: 'The handler was removed.' }]);
    expect(await ledger.sql('select consumer, event_name from bus.subscription')).toEqual([
      { consumer: 'ledger/other', event_name: 'payment.booked' },
    ]);
  });

  test('cannot be deleted by the subgraph itself, nor can the log be changed', async () => {
    await expect(ledger.sql('delete from bus.delivery')).rejects.toThrow('permission denied');
    await expect(ledger.sql('delete from bus.event')).rejects.toThrow('permission denied');
    await expect(ledger.sql(`update bus.event set data = '{}'`)).rejects.toThrow('permission denied');
  });

  test.each([
    'select from bus.dead_letter',
    `insert into bus.dead_letter default values`,
    `select bus.retry_dead_letters('{}')`,
    `select bus.discard_dead_letters('{}')`,
    `select bus.restore_dead_letters('{}')`,
    `select bus.hold_dead_letters('{}')`,
  ])('is out of reach of the subgraph that failed: %s', async (statement) => {
    await expect(ledger.sql(statement)).rejects.toThrow('permission denied');
  });

  test.each([
    'select from jobs_ledger.job',
    'select from ledger.effect',
    'delete from bus.dead_letter',
    `update bus.dead_letter set state = 'DISCARDED'`,
    `select bus.hold_dead_letters('{}')`,
    `select bus.requeue_job(letter) from bus.dead_letter letter`,
  ])('lets the clerk no further than that: %s', async (statement) => {
    await expect(clerk.sql(statement)).rejects.toThrow('permission denied');
  });
});
