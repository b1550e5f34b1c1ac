// A replica of the ledger in a process of its own, for tests that kill it. Arguments: database URL, what to run.
import { setTimeout as pause } from 'node:timers/promises';
import { job } from '../../src/jobs/define-job.ts';
import { book, Ledger, type LedgerWork, on } from './ledger.ts';

const [url, part] = process.argv.slice(2) as [string, 'consume' | 'poison' | 'work'];

const QUICK = { maxAttempts: 4, firstDelay: 0.05, maxDelay: 0.05 };

const ledger = await Ledger.open(url, {
  jobs: {
    slow: job(async (work: LedgerWork, { payment }: { payment: string }) => {
      await book(work, 'slow', payment);
      await work.commit();
      process.send?.('effect');
      await pause(60_000);
    }),
  },
});

if (part === 'consume') {
  let handled = 0;
  const survive = {
    survive: on('payment.taken', async (work: LedgerWork, { data }) => {
      await book(work, 'survive', data.payment);
      await work.em.flush();
      handled += 1;
      await pause(handled % 20);
      work.publish('payment.booked', data);
    }),
    report: on('payment.booked', (work: LedgerWork, { data }) => book(work, 'report', data.payment)),
  };
  await ledger.consumer(survive, { pollInterval: 100 }).start();
} else if (part === 'poison') {
  const poisonous = {
    swallow: on('payment.taken', async (work: LedgerWork, { data }) => {
      await book(work, 'swallow', data.payment);
      // The harmless ones are still in hand when the poison works.
      await pause(data.payment === 'poison' ? 30 : 60);
      if (data.payment === 'poison') process.kill(process.pid, 'SIGKILL');
    }),
  };
  await ledger.consumer(poisonous, { pollInterval: 100, retry: QUICK }).start();
} else {
  await ledger.jobs.start(ledger);
}
process.send?.('ready');
