import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestDatabase } from '@supergraph/testkit';
import { Clerk } from './clerk.ts';
import { createLedgerDatabase } from './ledger.database.ts';
import { Ledger, until } from './ledger.ts';
import { ReplicaProcess } from './replica.process.ts';

let database: TestDatabase;
let ledger: Ledger;
let replica: ReplicaProcess | undefined;

beforeEach(async () => {
  database = await createLedgerDatabase();
  ledger = await Ledger.open(database.url);
});
afterEach(async () => {
  await replica?.kill();
  replica = undefined;
  await ledger.close();
  await database.drop();
});

test('a consumer killed at any moment neither loses an effect nor repeats one', async () => {
  replica = ReplicaProcess.start(database.url, 'consume');
  await replica.reports('ready');
  const payments: string[] = [];
  // Spread over what 60 payments take, from before the first effect to after the last.
  for (const moment of [15, 60, 110, 170, 240]) {
    payments.push(...(await ledger.takePayments(60)));
    await pause(moment);
    await replica.kill();
    replica = ReplicaProcess.start(database.url, 'consume');
    await replica.reports('ready');
  }
  await until(async () => (await ledger.effects('report')).size === payments.length);
  const once = new Map(payments.map((payment) => [payment, 1]));
  expect(await ledger.effects('survive')).toEqual(once);
  expect(await ledger.effects('report')).toEqual(once);
}, 30_000);

test('an event that kills its process each time ends in the dead letters, and takes no other with it', async () => {
  await ledger.subscribe({ swallow: { event: 'payment.taken', handle: async () => {} } });
  await ledger.run(async (work) => {
    for (const payment of ['harmless-1', 'poison', 'harmless-2', 'harmless-3'])
      work.publish('payment.taken', { payment });
  });
  let processes = 0;
  const settled = async () => {
    const [row] = await ledger.sql<{ left: number }>(
      `select count(*)::integer as left from bus.delivery where consumer = 'ledger/swallow' and status = 'pending'`,
    );
    return row!.left === 0;
  };
  while (!(await settled())) {
    if (!replica?.alive) {
      replica = ReplicaProcess.start(database.url, 'poison');
      processes += 1;
    }
    await pause(50);
  }
  // Three deaths are noted, and the fourth process gives up on it without running it.
  expect(processes).toBe(5);
  expect([...(await ledger.effects('swallow')).keys()].sort()).toEqual(['harmless-1', 'harmless-2', 'harmless-3']);
  const clerk = await Clerk.open(database.url);
  const letters = await clerk.letters();
  await clerk.close();
  expect(letters).toMatchObject([{ consumer: 'ledger/swallow', payment: 'poison', attempts: 4 }]);
  expect(letters[0]!.last_error).toBe('The process, or its connection, died 4 times while it handled this event.');
}, 30_000);
