import { csvLine } from '../import/csv.ts';
import { decimalOf } from '../import/decimal-price.ts';
import type { CurrencySales } from './analytics.types.ts';

const COUNTS = ['orders', 'units'] as const;
const AMOUNTS = ['gross', 'discount', 'paid', 'refunds', 'tax', 'commission', 'net'] as const;

/** The series as a text that a spreadsheet reads and runs nothing of: what people have written is made harmless. */
export function salesCsv(shopName: string, sales: readonly CurrencySales[]): string {
  const header = csvLine(['shop', 'from', 'to', 'currency', ...COUNTS, ...AMOUNTS]);
  const lines = sales.flatMap((one) =>
    one.series().map(({ from, to, sales: { figures, currency } }) => {
      // Numbers stay numbers: one below zero begins like a formula, but is none.
      const numbers = [
        ...COUNTS.map((name) => figures[name]),
        ...AMOUNTS.map((name) => decimalOf(figures[name], currency)),
      ];
      return [csvLine([shopName, from, to, currency]), ...numbers].join(',');
    }),
  );
  return [header, ...lines].join('\r\n');
}
