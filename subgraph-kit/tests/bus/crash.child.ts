// A replica of the ledger in a process of its own, for tests that kill it. Arguments: database URL, what to run.
import { setTimeout as pause } from 'node:timers/promises';
import { handlersOf } from '../../src/events/event-handler.ts';
import { book, Ledger, type LedgerEvents } from './ledger.ts';

const [url, part] = process.argv.slice(2) as [string, 'consume' | 'poison' | 'work'];

const handlers = handlersOf<LedgerEvents, unknown, LedgerEvents>();
const QUICK = { maxAttempts: 4, firstDelay: 0.05, maxDelay: 0.05 };

const ledger = await Ledger.open(url, {
  jobs: {
    slow: {
      concurrency: 4,
      handle: async ({ payment }: { payment: string }, work) => {
        await book(work, 'slow', payment);
        await work.commit();
        process.send?.('effect');
        await pause(60_000);
      },
    },
  },
});

if (part === 'consume') {
  const survive = handlers({
    survive: {
      event: 'payment.taken',
      handle: async ({ data }, work) => {
        await book(work, 'survive', data.payment);
        await work.em.flush();
        await pause(Math.random() * 20);
        work.publish('payment.booked', data);
      },
    },
    report: { event: 'payment.booked', handle: ({ data }, work) => book(work, 'report', data.payment) },
  });
  await ledger.consumer(survive, { pollInterval: 100 }).start();
} else if (part === 'poison') {
  const poisonous = handlers({
    swallow: {
      event: 'payment.taken',
      handle: async ({ data }, work) => {
        await book(work, 'swallow', data.payment);
        // The harmless ones are still in hand when the poison works.
        await pause(data.payment === 'poison' ? 30 : 60);
        if (data.payment === 'poison') process.kill(process.pid, 'SIGKILL');
      },
    },
  });
  await ledger.consumer(poisonous, { pollInterval: 100, retry: QUICK }).start();
} else {
  await ledger.jobs.start(ledger);
}
process.send?.('ready');
