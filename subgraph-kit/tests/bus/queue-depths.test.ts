import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import type { TestDatabase } from '@supergraph/testkit';
import { job } from '../../src/jobs/define-job.ts';
import { QueueSampler } from '../../src/metrics/queue.sampler.ts';
import { SubgraphMetrics } from '../../src/metrics/subgraph.metrics.ts';
import { createLedgerDatabase } from './ledger.database.ts';
import { book, Ledger, type LedgerWork, on, until } from './ledger.ts';

const receipts = {
  receipt: job((work: LedgerWork, { payment }: { payment: string }) => book(work, 'receipt', payment)),
};

const books = {
  bookInto: on('payment.taken', async () => {
    throw new TypeError('the books are closed');
  }),
};

describe('what waits in the queues', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  let metrics: SubgraphMetrics;

  const samplerOf = (hasJobs: boolean) =>
    new QueueSampler({ subgraph: 'ledger', metrics, runtime: ledger, log: createLogger('ledger', 'silent'), hasJobs });

  /** The gauges of one name, as a scrape would read them. */
  const read = async (name: string): Promise<Record<string, number>> => {
    const metric = await metrics.registry.getSingleMetric(name)!.get();
    return Object.fromEntries(metric.values.map(({ labels, value }) => [labels['state'], value]));
  };

  beforeAll(async () => {
    database = await createLedgerDatabase();
    ledger = await Ledger.open(database.url, { jobs: receipts });
    await ledger.subscribe(books);
  });
  beforeEach(() => {
    metrics = new SubgraphMetrics('ledger');
  });
  afterAll(async () => {
    await ledger.close();
    await database.drop();
  });

  test('is counted, events and jobs, waiting and given up', async () => {
    await ledger.takePayments(3);
    await ledger.consumer(books, { retry: { maxAttempts: 1, firstDelay: 1, maxDelay: 1 } }).drain();
    await ledger.takePayments(2);
    await ledger.run(async (work) => work.schedule({ name: 'receipt', data: { payment: 'one' } }));
    await samplerOf(true).sample();
    expect(await read('subgraph_event_deliveries')).toEqual({ pending: 2, dead: 3 });
    expect(await read('subgraph_jobs')).toEqual({ waiting: 1, active: 0 });
  });

  test('is looked at as soon as a subgraph starts', async () => {
    const sampler = samplerOf(false);
    sampler.start();
    await until(async () => (await read('subgraph_event_deliveries'))['dead'] === 3);
    await sampler.stop();
    expect(await read('subgraph_jobs')).toEqual({ waiting: 0, active: 0 });
  });
});
