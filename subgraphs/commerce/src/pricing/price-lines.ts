import { allocate, share } from './allocate.ts';

/** Rates are in hundredths of a percent. */
const WHOLE = 10_000n;

export interface Line {
  readonly id: string;
  readonly shopId: string;
  /** In minor units, as the shop shows it. */
  readonly unitPrice: number;
  readonly quantity: number;
}

/** How a shop counts tax. */
export interface TaxTerms {
  /** In hundredths of a percent. */
  readonly taxRate: number;
  /** Whether its prices already have the tax in them. */
  readonly pricesIncludeTax: boolean;
}

/** Less to pay, for the lines of one shop or, without a shop, for all. */
export interface Discount {
  readonly shopId: string | null;
  /** Of the price, in hundredths of a percent. Either this or `amount`. */
  readonly rate?: number;
  /** In minor units; never more than there is to pay. */
  readonly amount?: number;
}

/** What something costs, in minor units: `total` is what is paid, and has the tax in it. */
export interface Price {
  /** At the shop's prices. */
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
}

export interface PricedLine extends Price {
  readonly id: string;
  readonly shopId: string;
}

export interface Pricing extends Price {
  readonly lines: readonly PricedLine[];
  /** By shop, in the order of the lines. */
  readonly shops: ReadonlyMap<string, Price>;
}

/** The sum is more than a client can count exactly. */
export class PriceTooHigh extends RangeError {
  override readonly name = 'PriceTooHigh';

  constructor() {
    super('This costs more than can be counted.');
  }
}

/**
 * What lines cost, each by itself, by shop and in all. Everything is rounded once, at the line, so that each sum is the sum
 * of its parts to the minor unit.
 *
 * Discounts of shops come first and those of everything after them, each on what is left to pay; their amount is spread over
 * the lines in proportion. Tax is counted on what is then paid.
 *
 * @throws PriceTooHigh
 */
export function priceLines(
  lines: readonly Line[],
  termsOf: ReadonlyMap<string, TaxTerms>,
  discounts: readonly Discount[] = [],
): Pricing {
  const subtotals = lines.map(({ unitPrice, quantity }) => BigInt(unitPrice) * BigInt(quantity));
  const remaining = [...subtotals];
  const ofShops = discounts.filter(({ shopId }) => shopId !== null);
  const ofAll = discounts.filter(({ shopId }) => shopId === null);
  for (const discount of [...ofShops, ...ofAll]) reduce(lines, remaining, discount);
  const priced = lines.map(({ id, shopId }, index) => {
    const net = remaining[index]!;
    const { taxRate, pricesIncludeTax } = termsOf.get(shopId)!;
    const rate = BigInt(taxRate);
    const tax = pricesIncludeTax ? share(net, rate, WHOLE + rate) : share(net, rate, WHOLE);
    return {
      id,
      shopId,
      subtotal: countable(subtotals[index]!),
      discount: countable(subtotals[index]! - net),
      tax: countable(tax),
      total: countable(pricesIncludeTax ? net : net + tax),
    };
  });
  const groups = Map.groupBy(priced, ({ shopId }) => shopId);
  const shops = new Map([...groups].map(([shopId, own]) => [shopId, sum(own)] as const));
  return { lines: priced, shops, ...sum([...shops.values()]) };
}

function reduce(lines: readonly Line[], remaining: bigint[], { shopId, rate, amount }: Discount): void {
  const weights = remaining.map((left, index) => (shopId === null || lines[index]!.shopId === shopId ? left : 0n));
  const eligible = weights.reduce((whole, weight) => whole + weight, 0n);
  const wanted = rate === undefined ? BigInt(amount ?? 0) : share(eligible, BigInt(rate), WHOLE);
  const parts = allocate(wanted < eligible ? wanted : eligible, weights);
  for (const [index, part] of parts.entries()) remaining[index]! -= part;
}

function sum(prices: readonly Price[]): Price {
  const add = (figure: keyof Price) => countable(prices.reduce((whole, price) => whole + BigInt(price[figure]), 0n));
  return { subtotal: add('subtotal'), discount: add('discount'), tax: add('tax'), total: add('total') };
}

function countable(amount: bigint): number {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new PriceTooHigh();
  return Number(amount);
}
