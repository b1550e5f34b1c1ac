/** How many decimals currencies have by ISO 4217, where it is not two. */
const DECIMALS: Readonly<Record<string, number>> = {
  ...decimals(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'),
  ...decimals(3, 'BHD IQD JOD KWD LYD OMR TND'),
};

/** Where Stripe counts in other units than ISO 4217: it still takes two decimals of what has none any more. */
const AT_STRIPE: Readonly<Record<string, number>> = { ...DECIMALS, ISK: 2, UGX: 2, MGA: 0 };

function decimals(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}

/** What our amounts have to be multiples of, so that Stripe can take them: with three decimals the last one is 0. */
export function stepAtStripe(currency: string): number {
  const ours = DECIMALS[currency] ?? 2;
  const theirs = AT_STRIPE[currency] ?? 2;
  return Math.max(ours === 3 ? 10 : 1, 10 ** (ours - theirs));
}

/** @param amount in our minor units, a multiple of the step */
export function toStripe(amount: number, currency: string): number {
  const shift = (AT_STRIPE[currency] ?? 2) - (DECIMALS[currency] ?? 2);
  return shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
}

export function fromStripe(amount: number, currency: string): number {
  const shift = (DECIMALS[currency] ?? 2) - (AT_STRIPE[currency] ?? 2);
  return shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
}
