import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paidFor } from './paid-for-units.ts';

/** Gives units back in such steps, half of them as returns. @returns what was paid for each */
function giveBack(quantity: number, total: number, steps: readonly number[]): number[] {
  const item = { quantity, total, cancelled: 0, returned: 0 };
  const amounts: number[] = [];
  for (const [index, wanted] of [...steps, quantity].entries()) {
    const count = Math.min(wanted, quantity - item.cancelled - item.returned);
    amounts.push(paidFor(item, count));
    item[index % 2 ? 'returned' : 'cancelled'] += count;
  }
  return amounts;
}

describe('what was paid for some units', () => {
  test.each([
    ['yen, which have no decimals', 100, 3, [33, 33, 34]],
    ['cents', 10_00, 3, [333, 333, 334]],
    ['fils, a thousand of which are a dinar', 1_000, 7, [142, 143, 143, 143, 143, 143, 143]],
    ['fewer minor units than there are units', 2, 3, [0, 1, 1]],
    ['nothing', 0, 2, [0, 0]],
  ])('is counted in %s', (_, total, quantity, amounts) => {
    expect(
      giveBack(
        quantity,
        total,
        Array.from({ length: quantity - 1 }, () => 1),
      ),
    ).toEqual(amounts);
  });

  test('is altogether what was paid for all, however they come back', () => {
    const quantity = fc.integer({ min: 1, max: 999 });
    const total = fc.maxSafeInteger().map(Math.abs);
    fc.assert(
      fc.property(quantity, total, fc.array(fc.nat(50), { maxLength: 30 }), (units, amount, steps) => {
        const amounts = giveBack(units, amount, steps);
        expect(amounts.every((part) => part >= 0)).toBe(true);
        expect(amounts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
      }),
      { numRuns: 1_000 },
    );
  });
});
