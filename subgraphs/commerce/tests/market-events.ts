import fc from 'fast-check';

export const BUYERS = 2;
const GOODS = 4;

const nth = fc.nat(1_000);
const buyer = fc.nat(BUYERS - 1);
const goods = fc.nat(GOODS - 1);
const quantity = fc.integer({ min: 1, max: 3 });

/** How banks behave, see the test provider: most of the time as they should. */
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('test_ok') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['test_decline', 'test_action', 'test_async', 'test_async_decline', 'test_twice', 'test_timeout'],
      ...['test_capture_lost', 'test_refund_lost', 'test_refund_fails', 'test_refund_async'],
    ),
  },
);

/** What may happen on a market. Whom and what it happens to is counted through, so that smaller numbers are older things. */
export const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), buyer, goods, quantity }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('changePrice' as const), goods, price: fc.nat(5_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('receiveStock' as const), goods, quantity }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('buy' as const), buyer, method }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('buyTwice' as const), buyer, method }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 45 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('work' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const), nth, quantity }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancelOrder' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancelUnits' as const), nth, quantity }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('refund' as const), nth, amount: fc.nat(900) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('askReturn' as const), nth, quantity }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('takeBack' as const), nth, keep: fc.nat(300) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('payOut' as const), nth, amount: fc.nat(1_500) }) },
);

export type MarketEvent = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** What had happened when the day began, so that there is something to give back and to pay out. */
export const YESTERDAY: readonly MarketEvent[] = [
  { kind: 'add', buyer: 0, goods: 0, quantity: 3 },
  { kind: 'add', buyer: 0, goods: 1, quantity: 3 },
  { kind: 'buy', buyer: 0, method: 'test_ok' },
  { kind: 'work' },
  { kind: 'send', nth: 0, quantity: 2 },
  { kind: 'deliver', nth: 0 },
];
