/** Counts, and amounts in minor units of one currency. */
export interface Figures {
  readonly orders: number;
  readonly units: number;
  readonly gross: number;
  readonly discount: number;
  readonly ordered: number;
  readonly paid: number;
  readonly refunds: number;
  readonly tax: number;
  readonly commission: number;
  readonly net: number;
}

export const NO_SALES: Figures = {
  orders: 0,
  units: 0,
  gross: 0,
  discount: 0,
  ordered: 0,
  paid: 0,
  refunds: 0,
  tax: 0,
  commission: 0,
  net: 0,
};

const NAMES = Object.keys(NO_SALES) as (keyof Figures)[];

/** All of them together. */
export function sumOf(all: Iterable<Partial<Figures>>): Figures {
  const sum = { ...NO_SALES } as Record<keyof Figures, number>;
  for (const one of all) for (const name of NAMES) sum[name] += one[name] ?? 0;
  return sum;
}

/** How much more it is than before, as a part of that; null where there was nothing to compare with. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : (now - before) / Math.abs(before);
}
