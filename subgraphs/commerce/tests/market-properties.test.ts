import { expect, test } from '@jest/globals';
import { propertySettings } from '@supergraph/testkit';
import fc from 'fast-check';
import { requireBooks } from './fulfilment.story.ts';
import { MarketDay } from './market-day.story.ts';
import { event } from './market-events.ts';
import { requireSettled } from './settled.story.ts';
import { startCommerce } from './story.ts';

/** The tests have a slice; `PROPERTY_RUNS=1000 npm test -- market-properties` has all, and another seed each time. */
const { numRuns, seed } = propertySettings({ numRuns: 4, seed: 20_261_121 });

/** Checking the books of many days at once is slow: each has its own database. */
const DAYS_PER_DATABASE = 50;

const batches = Array.from({ length: Math.ceil(numRuns / DAYS_PER_DATABASE) }, (_, batch) => ({
  seed: seed + batch,
  runs: Math.min(DAYS_PER_DATABASE, numRuns - batch * DAYS_PER_DATABASE),
}));

const day = fc.record({
  currency: fc.constantFrom('CHF', 'JPY', 'KWD'),
  events: fc.array(event, { minLength: 30, maxLength: 60, size: 'max' }),
});

const happened: Record<string, number> = {};

test.each(batches)(
  'Whatever happens on $runs days of a market, after each thing its books are in order (seed $seed)',
  async ({ seed, runs }) => {
    const graph = await startCommerce();
    try {
      const property = fc.asyncProperty(day, async ({ currency, events }) => {
        const market = await MarketDay.begin(graph, currency);
        for (const one of events) {
          await market.let(one);
          await requireBooks(graph, { answersGetLost: true });
        }
        await market.end();
        await requireBooks(graph);
        await requireSettled(graph);
        for (const [what, times] of Object.entries(market.happened)) happened[what] = (happened[what] ?? 0) + times;
      });
      // fast-check says which day it was, and with which seed to have it again.
      await expect(fc.assert(property, { numRuns: runs, seed })).resolves.toBeUndefined();
    } finally {
      await graph.stop();
    }
  },
  30 * 60_000,
);

test('And everything did happen that can', () => {
  const can = [
    'add',
    'changePrice',
    'receiveStock',
    'buy',
    'buyTwice',
    'send',
    'deliver',
    'cancelOrder',
    'cancelUnits',
  ];
  can.push('refund', 'askReturn', 'takeBack', 'payOut', 'CheckoutCompleted', 'CheckoutPending', 'CheckoutFailed');
  expect(can.filter((what) => !happened[what])).toEqual([]);
});
