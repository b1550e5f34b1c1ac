import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stateOfItems, stateOfParts, type Units } from './order-progress.ts';
import { OrderState } from './order-state.ts';

const { PLACED, PARTIALLY_FULFILLED, FULFILLED, DELIVERED, PARTIALLY_RETURNED, RETURNED, CANCELLED } = OrderState;

/** Of so many bought: cancelled, sent, delivered, returned. */
const item = (
  quantity: number,
  [cancelled, fulfilled, delivered, returned]: readonly [number, number, number, number],
): Units => ({ quantity, cancelled, fulfilled, delivered, returned });

describe('of two units of one thing', () => {
  test.each([
    [PLACED, [0, 0, 0, 0]],
    [PARTIALLY_FULFILLED, [0, 1, 0, 0]],
    [PARTIALLY_FULFILLED, [0, 1, 1, 0]],
    [PARTIALLY_FULFILLED, [0, 1, 1, 1]],
    [FULFILLED, [0, 2, 0, 0]],
    [FULFILLED, [0, 2, 1, 0]],
    [FULFILLED, [0, 2, 1, 1]],
    [DELIVERED, [0, 2, 2, 0]],
    [PARTIALLY_RETURNED, [0, 2, 2, 1]],
    [RETURNED, [0, 2, 2, 2]],
    [PLACED, [1, 0, 0, 0]],
    [FULFILLED, [1, 1, 0, 0]],
    [DELIVERED, [1, 1, 1, 0]],
    [RETURNED, [1, 1, 1, 1]],
    [CANCELLED, [2, 0, 0, 0]],
  ] as const)('it is %s by %j: cancelled, sent, delivered, returned', (state, counts) => {
    expect(stateOfItems([item(2, counts)])).toBe(state);
  });
});

test('Of several things a shop’s part is as far as all of them', () => {
  const [open, sent, arrived, back, gone] = (
    [
      [0, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 1, 1, 0],
      [0, 1, 1, 1],
      [1, 0, 0, 0],
    ] as const
  ).map((counts) => item(1, counts)) as [Units, Units, Units, Units, Units];
  expect(stateOfItems([open, sent])).toBe(PARTIALLY_FULFILLED);
  expect(stateOfItems([open, back])).toBe(PARTIALLY_FULFILLED);
  expect(stateOfItems([sent, back])).toBe(FULFILLED);
  expect(stateOfItems([arrived, back])).toBe(PARTIALLY_RETURNED);
  expect(stateOfItems([gone, back])).toBe(RETURNED);
  expect(stateOfItems([gone, open])).toBe(PLACED);
  expect(stateOfItems([gone, gone])).toBe(CANCELLED);
});

describe('an order of two shops', () => {
  test.each([
    [PLACED, PLACED, PLACED],
    [PLACED, PARTIALLY_FULFILLED, PARTIALLY_FULFILLED],
    [PLACED, FULFILLED, PARTIALLY_FULFILLED],
    [PLACED, DELIVERED, PARTIALLY_FULFILLED],
    [PLACED, PARTIALLY_RETURNED, PARTIALLY_FULFILLED],
    [PLACED, RETURNED, PARTIALLY_FULFILLED],
    [PARTIALLY_FULFILLED, PARTIALLY_FULFILLED, PARTIALLY_FULFILLED],
    [PARTIALLY_FULFILLED, FULFILLED, PARTIALLY_FULFILLED],
    [PARTIALLY_FULFILLED, DELIVERED, PARTIALLY_FULFILLED],
    [PARTIALLY_FULFILLED, PARTIALLY_RETURNED, PARTIALLY_FULFILLED],
    [PARTIALLY_FULFILLED, RETURNED, PARTIALLY_FULFILLED],
    [FULFILLED, FULFILLED, FULFILLED],
    [FULFILLED, DELIVERED, FULFILLED],
    [FULFILLED, PARTIALLY_RETURNED, FULFILLED],
    [FULFILLED, RETURNED, FULFILLED],
    [DELIVERED, DELIVERED, DELIVERED],
    [DELIVERED, PARTIALLY_RETURNED, PARTIALLY_RETURNED],
    [DELIVERED, RETURNED, PARTIALLY_RETURNED],
    [PARTIALLY_RETURNED, PARTIALLY_RETURNED, PARTIALLY_RETURNED],
    [PARTIALLY_RETURNED, RETURNED, PARTIALLY_RETURNED],
    [RETURNED, RETURNED, RETURNED],
    [CANCELLED, PLACED, PLACED],
    [CANCELLED, PARTIALLY_FULFILLED, PARTIALLY_FULFILLED],
    [CANCELLED, FULFILLED, FULFILLED],
    [CANCELLED, DELIVERED, DELIVERED],
    [CANCELLED, PARTIALLY_RETURNED, PARTIALLY_RETURNED],
    [CANCELLED, RETURNED, RETURNED],
    [CANCELLED, CANCELLED, CANCELLED],
  ])('of which one is %s and the other %s is %s', (one, other, whole) => {
    expect(stateOfParts([one, other])).toBe(whole);
    expect(stateOfParts([other, one])).toBe(whole);
  });
});

describe('whatever happens', () => {
  const units = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4))
    .map(([quantity, a, b, c, d]) => {
      const cancelled = Math.min(a, quantity);
      const fulfilled = Math.min(b, quantity - cancelled);
      const delivered = Math.min(c, fulfilled);
      return { quantity, cancelled, fulfilled, delivered, returned: Math.min(d, delivered) };
    });
  const parts = fc.array(fc.array(units, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });

  test('an order is as far as if all of it were of one shop', () => {
    fc.assert(
      fc.property(parts, (items) => {
        expect(stateOfParts(items.map(stateOfItems))).toBe(stateOfItems(items.flat()));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a step of any unit never takes an order back', () => {
    const order = [PLACED, PARTIALLY_FULFILLED, FULFILLED, DELIVERED, PARTIALLY_RETURNED, RETURNED];
    const rank = (state: OrderState) => (state === CANCELLED ? Infinity : order.indexOf(state));
    const step = fc.constantFrom('cancelled', 'fulfilled', 'delivered', 'returned');
    fc.assert(
      fc.property(parts, fc.nat(), fc.nat(), step, (items, which, what, count) => {
        const part = items[which % items.length]!;
        const before = part[what % part.length]!;
        const after = { ...before, [count]: before[count as keyof Units] + 1 };
        fc.pre(after.cancelled + after.fulfilled <= after.quantity);
        fc.pre(after.delivered <= after.fulfilled && after.returned <= after.delivered);
        const next = items.map((some) => some.map((one) => (one === before ? after : one)));
        const [was, is] = [items, next].map((all) => stateOfParts(all.map(stateOfItems)));
        expect(rank(is!)).toBeGreaterThanOrEqual(rank(was!));
      }),
      { numRuns: 5_000 },
    );
  });
});
