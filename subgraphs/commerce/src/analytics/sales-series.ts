import { type Day, periodsOf, SalesInterval, spanBefore } from './calendar.ts';
import { CurrencySales, SalesComparison, SalesFigures } from './analytics.types.ts';
import type { SalesRange, SalesRow } from './read-sales.ts';
import { sumOf } from './sales-figures.ts';

/** The time that is asked for and as many days before it, day by day: all that is told of sales is made of it. */
export const withTimeBefore = (range: SalesRange): SalesRange => ({
  ...range,
  from: spanBefore(range).from,
  interval: SalesInterval.DAY,
});

const between = (rows: readonly SalesRow[], from: Day, to: Day) =>
  rows.filter(({ day }) => from <= day && day <= to).map(({ figures }) => figures);

/** The sales of a shop by currency, its own first, which it has also without sales. */
export function salesByCurrency(rows: readonly SalesRow[], range: SalesRange, ownCurrency: string): CurrencySales[] {
  const currencies = new Set([ownCurrency, ...rows.map(({ currency }) => currency).sort()]);
  const before = spanBefore(range);
  return [...currencies].map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const points = periodsOf(range, range.interval).map(({ from, to }) => ({
      ...{ from, to },
      sales: new SalesFigures(sumOf(between(own, from, to)), currency),
    }));
    const [now, earlier] = [between(own, range.from, range.to), between(own, before.from, before.to)];
    return new CurrencySales(sumOf(now), sumOf(earlier), currency, points);
  });
}

/** The last days of a range compared with as many before. */
export function lastDays(rows: readonly SalesRow[], span: { from: Day; to: Day }, currency: string): SalesComparison {
  const own = rows.filter((row) => row.currency === currency);
  const before = spanBefore(span);
  return new SalesComparison(
    sumOf(between(own, span.from, span.to)),
    sumOf(between(own, before.from, before.to)),
    currency,
  );
}
