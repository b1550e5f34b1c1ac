import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TestDatabase } from '@supergraph/testkit';
import pg from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { job } from '../../src/jobs/define-job.ts';
import type { JobHandlers, JobRun } from '../../src/jobs/job-handler.ts';
import { Clerk } from './clerk.ts';
import { createLedgerDatabase, PLANS } from './ledger.database.ts';
import { book, Ledger, type LedgerEvents, type LedgerWork, until } from './ledger.ts';
import { ReplicaProcess } from './replica.process.ts';

interface Payment {
  readonly payment: string;
}

let database: TestDatabase;
const opened: { close(): Promise<void> }[] = [];

const open = async (jobs: JobHandlers<unknown, LedgerEvents>): Promise<Ledger> => {
  const ledger = await Ledger.open(database.url, { jobs });
  opened.push(ledger);
  return ledger;
};

const openClerk = async (): Promise<Clerk> => {
  const clerk = await Clerk.open(database.url);
  opened.push(clerk);
  return clerk;
};

/** A job that notes that it ran. */
const noting = (name: string) => ({
  [name]: job((work: LedgerWork, { payment }: Payment) => book(work, name, payment)),
});

beforeEach(async () => {
  database = await createLedgerDatabase();
});
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
  await database.drop();
});

test('a job is taken on with the transaction that asks for it, and runs soon after the commit', async () => {
  const ledger = await open(noting('receipt'));
  await ledger.jobs.start(ledger);
  const em = ledger.openEntityManager();
  await em.begin();
  await ledger.outbox.enqueue(em, [{ name: 'receipt', data: { payment: 'never' }, correlationId: 'test-request' }]);
  await em.rollback();
  const committed = performance.now();
  await ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment: 'one' } }));
  await until(async () => (await ledger.effects('receipt')).size > 0);
  expect(performance.now() - committed).toBeLessThan(500);
  expect(await ledger.effects('receipt')).toEqual(new Map([['one', 1]]));
});

test('a backlog is worked off without waiting between jobs', async () => {
  const ledger = await open(noting('receipt'));
  await ledger.run(async (work) => {
    for (let count = 0; count < 50; count += 1) work.schedule({ name: 'receipt', data: { payment: `p${count}` } });
  });
  const started = performance.now();
  await ledger.jobs.start(ledger);
  await until(async () => (await ledger.effects('receipt')).size === 50);
  // Two at a time, with a look once a second only, would take 25 s.
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('a job knows what asked for it', async () => {
  let seen: { correlationId: string; run: JobRun; system: boolean } | undefined;
  const ledger = await open({
    receipt: job(async ({ correlationId, session }: LedgerWork, _: object, run) => {
      seen = { correlationId, run, system: session.isSystem };
    }),
  });
  await ledger.run(async (work) => work.schedule({ name: 'receipt', data: {} }), 'request-42');
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  expect(seen).toMatchObject({ correlationId: 'request-42', system: true, run: { attempt: 1 } });
});

test('what fails is tried again, with all it did undone', async () => {
  let failures = 2;
  const ledger = await open({
    receipt: job(async (work: LedgerWork, { payment }: Payment) => {
      await book(work, 'receipt', payment);
      failures -= 1;
      if (failures >= 0) throw new Error('the mail server is away');
    }),
  });
  await ledger.jobs.start(ledger);
  await ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment: 'one' } }));
  await until(async () => (await ledger.effects('receipt')).size === 1, 15_000);
  expect(failures).toBe(-1);
  expect(await ledger.effects('receipt')).toEqual(new Map([['one', 1]]));
});

test('what keeps failing ends in the dead letters, from where it can be retried or discarded', async () => {
  let mended = false;
  const ledger = await open({
    receipt: job(
      async (work: LedgerWork, { payment }: Payment) => {
        if (!mended) throw new Error('no such address');
        await book(work, 'receipt', payment);
      },
      { retryLimit: 0 },
    ),
  });
  await ledger.run(async (work) => {
    for (const payment of ['one', 'two', 'three']) work.schedule({ name: 'receipt', data: { payment }, key: payment });
  });
  expect(await ledger.jobs.drain(ledger)).toBe(3);
  expect(await ledger.jobs.drain(ledger)).toBe(0);
  const clerk = await openClerk();
  const letters = await clerk.letters();
  expect(letters.map(({ payment }) => payment).sort()).toEqual(['one', 'three', 'two']);
  expect(letters[0]).toMatchObject({
    kind: 'JOB',
    consumer: 'ledger/receipt',
    name: 'receipt',
    attempts: 1,
    last_error: 'no such address',
    correlation_id: 'test-request',
  });

  mended = true;
  const [first, second, third] = letters;
  expect(await clerk.settle('retry', first!)).toEqual(['CHANGED']);
  expect(await clerk.settle('retry', first!)).toEqual(['RETRIED']);
  expect(await clerk.settle('discard', second!)).toEqual(['CHANGED']);
  expect(await clerk.settle('retry', second!)).toEqual(['DISCARDED']);
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  expect(await ledger.effects('receipt')).toEqual(new Map([[first!.payment, 1]]));
  expect(await clerk.letters()).toEqual([third]);
  expect(await clerk.settle('restore', second!)).toEqual(['CHANGED']);
  expect(await clerk.settle('retry', second!, third!)).toEqual(['CHANGED', 'CHANGED']);
  expect(await ledger.jobs.drain(ledger)).toBe(2);
  expect((await ledger.effects('receipt')).size).toBe(3);
});

test('a dead job that is retried by two at once runs once, and with its key taken stays where it is', async () => {
  let mended = false;
  const ledger = await open({
    receipt: job(
      async (work: LedgerWork, { payment }: Payment) => {
        if (!mended) throw new Error('no such address');
        await book(work, 'receipt', payment);
      },
      { retryLimit: 0 },
    ),
  });
  const ask = (payment: string) =>
    ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment }, key: 'same' }));
  await ask('one');
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  mended = true;
  const clerk = await openClerk();
  const letters = await clerk.letters();
  await ask('two');
  expect(await clerk.settle('retry', ...letters)).toEqual(['SUPERSEDED']);
  expect(await clerk.letters()).toEqual(letters);
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  expect(await clerk.settleTogether(letters[0]!, 'retry', 'retry')).toEqual(['CHANGED', 'RETRIED']);
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  expect(await ledger.effects('receipt')).toEqual(
    new Map([
      ['two', 1],
      ['one', 1],
    ]),
  );
});

test('a dead job that dies again is another letter of the same job', async () => {
  const ledger = await open({
    receipt: job(async () => Promise.reject(new Error('no such address')), { retryLimit: 0 }),
  });
  await ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment: 'one' } }));
  const clerk = await openClerk();
  for (let times = 1; times <= 3; times += 1) {
    expect(await ledger.jobs.drain(ledger)).toBe(1);
    expect(await clerk.settle('retry', ...(await clerk.letters()))).toEqual(['CHANGED']);
  }
  expect(await clerk.sql('select distinct job_id from bus.dead_letter')).toHaveLength(1);
  expect(await clerk.letters('RETRIED')).toHaveLength(3);
});

test('a job that died before the bus kept a list is on it after the next migration', async () => {
  const ledger = await open({
    receipt: job(async () => Promise.reject(new Error('no such address')), { retryLimit: 0 }),
  });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query('drop trigger take_dead_job on jobs_ledger.job');
  await admin.end();
  await ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment: 'one' } }));
  expect(await ledger.jobs.drain(ledger)).toBe(1);
  const clerk = await openClerk();
  expect(await clerk.letters()).toEqual([]);
  await migrate(database.url, PLANS);
  expect(await clerk.letters()).toMatchObject([
    { consumer: 'ledger/receipt', payment: 'one', last_error: 'no such address' },
  ]);
  await migrate(database.url, PLANS);
  expect(await clerk.letters()).toHaveLength(1);
  expect(await ledger.sql(`select from jobs_ledger.job where name = 'dead-letter'`)).toEqual([]);
});

test('a second job with the key of one that waits changes nothing, and one for later waits', async () => {
  const ledger = await open(noting('receipt'));
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1_000);
  await ledger.run(async (work) => {
    work.schedule({ name: 'receipt', data: { payment: 'one' }, key: 'same' });
    work.schedule({ name: 'receipt', data: { payment: 'two' }, key: 'same' });
    work.schedule({ name: 'receipt', data: { payment: 'later' }, startAfter: tomorrow });
    work.schedule({ name: 'receipt', data: { payment: 'three' } });
    work.schedule({ name: 'receipt', data: { payment: 'four' } });
  });
  expect(await ledger.jobs.drain(ledger)).toBe(3);
  expect([...(await ledger.effects('receipt')).keys()].sort()).toEqual(['four', 'one', 'three']);
});

test('a schedule runs its job by itself', async () => {
  const ledger = await open({
    tick: job((work: LedgerWork) => book(work, 'tick', 'done'), { schedule: { cron: '* * * * *' } }),
  });
  await ledger.jobs.start(ledger);
  await until(async () => (await ledger.effects('tick')).size === 1, 15_000);
  expect(await ledger.effects('tick')).toEqual(new Map([['done', 1]]));
});

test('a job whose worker is killed runs again within seconds', async () => {
  const replica = ReplicaProcess.start(database.url, 'work');
  await replica.reports('ready');
  const ledger = await open(noting('slow'));
  await ledger.run(async (work) => work.schedule({ name: 'slow', data: { payment: 'one' } }));
  await replica.reports('effect');
  await replica.kill();
  await ledger.jobs.start(ledger);
  await until(async () => (await ledger.effects('slow')).get('one') !== 1, 18_000);
  // At least once: the effect of the killed run was committed, so it is there twice.
  expect(await ledger.effects('slow')).toEqual(new Map([['one', 2]]));
}, 30_000);

test('stopping waits for the job that runs', async () => {
  const ledger = await open({
    slow: job(async (work: LedgerWork) => {
      await pause(300);
      await book(work, 'slow', 'done');
    }),
  });
  await ledger.jobs.start(ledger);
  await ledger.run(async (work) => work.schedule({ name: 'slow', data: {} }));
  await until(async () => (await ledger.sql(`select from jobs_ledger.job where state = 'active'`)).length === 1);
  await ledger.jobs.stop();
  expect(await ledger.effects('slow')).toEqual(new Map([['done', 1]]));
});

test('the subgraph may use its queue and not change it', async () => {
  const ledger = await open({});
  await expect(ledger.sql('drop table jobs_ledger.warning')).rejects.toThrow('must be owner');
});
