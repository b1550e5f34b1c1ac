import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Line, PriceTooHigh, priceLines, type TaxTerms } from './price-lines.ts';

const INCLUSIVE: TaxTerms = { taxRate: 810, pricesIncludeTax: true };
const EXCLUSIVE: TaxTerms = { taxRate: 2_000, pricesIncludeTax: false };

const terms = (all: Record<string, TaxTerms>) => new Map(Object.entries(all));
const line = (id: string, shopId: string, unitPrice: number, quantity = 1): Line => ({
  id,
  shopId,
  unitPrice,
  quantity,
});

describe('what lines cost', () => {
  test('has the tax in it, or gets it on top, as the shop says', () => {
    const { lines, total, tax } = priceLines(
      [line('tea', 'inclusive', 1_081), line('pot', 'exclusive', 5_000, 2)],
      terms({ inclusive: INCLUSIVE, exclusive: EXCLUSIVE }),
    );
    expect(lines).toEqual([
      { id: 'tea', shopId: 'inclusive', subtotal: 1_081, discount: 0, tax: 81, total: 1_081 },
      { id: 'pot', shopId: 'exclusive', subtotal: 10_000, discount: 0, tax: 2_000, total: 12_000 },
    ]);
    expect({ total, tax }).toEqual({ total: 13_081, tax: 2_081 });
  });

  test('of three shops with a tenth off and an odd cent adds up to the cent', () => {
    const pricing = priceLines(
      [line('a', 'one', 333), line('b', 'two', 333), line('c', 'three', 335)],
      terms({ one: INCLUSIVE, two: EXCLUSIVE, three: { taxRate: 250, pricesIncludeTax: true } }),
      [{ shopId: null, rate: 1_000 }],
    );
    // A tenth of 1001 is 100.1, so 100: of 33.27, 33.27 and 33.47 the last one lost most by rounding down.
    expect(pricing.lines.map(({ discount }) => discount)).toEqual([33, 33, 34]);
    expect(pricing.discount).toBe(100);
    expect(pricing.total).toBe(300 + (300 + 60) + 301);
    expect(pricing.total).toBe([...pricing.shops.values()].reduce((sum, { total }) => sum + total, 0));
  });

  test('is counted alike where there are no minor units, and where there are a thousand', () => {
    const yen = priceLines([line('fan', 's', 1_000, 3)], terms({ s: { taxRate: 1_000, pricesIncludeTax: false } }));
    expect(yen).toMatchObject({ subtotal: 3_000, tax: 300, total: 3_300 });
    const dinars = priceLines([line('oud', 's', 12_345)], terms({ s: { taxRate: 500, pricesIncludeTax: true } }));
    expect(dinars).toMatchObject({ tax: 588, total: 12_345 });
  });

  test('takes a shop’s discount off its own lines only, and before that of everything', () => {
    const { lines } = priceLines(
      [line('a', 'one', 10_000), line('b', 'two', 10_000)],
      terms({ one: INCLUSIVE, two: INCLUSIVE }),
      [
        { shopId: null, rate: 1_000 },
        { shopId: 'one', amount: 5_000 },
      ],
    );
    expect(lines.map(({ total }) => total)).toEqual([4_500, 9_000]);
  });

  test('is never less than nothing', () => {
    const free = priceLines([line('a', 's', 500)], terms({ s: EXCLUSIVE }), [{ shopId: 's', amount: 1_000 }]);
    expect(free).toMatchObject({ subtotal: 500, discount: 500, tax: 0, total: 0 });
    expect(priceLines([], terms({}), [{ shopId: null, amount: 5 }])).toMatchObject({ total: 0, lines: [] });
  });

  test('is refused when it cannot be counted', () => {
    const dear = [line('a', 's', Number.MAX_SAFE_INTEGER, 2)];
    expect(() => priceLines(dear, terms({ s: INCLUSIVE }))).toThrow(PriceTooHigh);
    const together = [line('a', 's', Number.MAX_SAFE_INTEGER), line('b', 't', 1)];
    expect(() => priceLines(together, terms({ s: INCLUSIVE, t: INCLUSIVE }))).toThrow(PriceTooHigh);
  });
});

const SHOPS = ['one', 'two', 'three'] as const;

const anyTerms = fc.record({ taxRate: fc.integer({ min: 0, max: 5_000 }), pricesIncludeTax: fc.boolean() });
const anyLine = fc.record({
  shopId: fc.constantFrom(...SHOPS),
  unitPrice: fc.integer({ min: 0, max: 1e9 }),
  quantity: fc.integer({ min: 1, max: 999 }),
});
const anyDiscount = fc.oneof(
  fc.record({ shopId: fc.constantFrom(null, ...SHOPS), rate: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ shopId: fc.constantFrom(null, ...SHOPS), amount: fc.integer({ min: 0, max: 1e9 }) }),
);

test('Whatever is bought, every sum is the sum of its parts', () => {
  fc.assert(
    fc.property(
      fc.tuple(anyTerms, anyTerms, anyTerms),
      fc.array(anyLine, { maxLength: 12 }),
      fc.array(anyDiscount, { maxLength: 4 }),
      (tax, bought, discounts) => {
        const all = new Map(SHOPS.map((id, index) => [id as string, tax[index]!]));
        const lines = bought.map((each, index) => ({ ...each, id: `${index}` }));
        const pricing = priceLines(lines, all, discounts);
        for (const figure of ['subtotal', 'discount', 'tax', 'total'] as const) {
          expect(pricing.lines.reduce((sum, each) => sum + each[figure], 0)).toBe(pricing[figure]);
          expect([...pricing.shops.values()].reduce((sum, each) => sum + each[figure], 0)).toBe(pricing[figure]);
        }
        for (const { shopId, subtotal, discount, tax: own, total } of pricing.lines) {
          expect(discount).toBeLessThanOrEqual(subtotal);
          expect(total).toBe(subtotal - discount + (all.get(shopId)!.pricesIncludeTax ? 0 : own));
        }
      },
    ),
    { numRuns: 1_000 },
  );
});
