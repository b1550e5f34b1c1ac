import { badUserInput } from '@supergraph/subgraph-kit';
import { type CsvRecord, parseCsv, withoutNeutralising } from './csv.ts';

/** The columns of a text of products; each line is a variant, and those of one `product` belong together. */
export const COLUMNS = [
  'product',
  'title',
  'description',
  'brand',
  'category',
  'status',
  'sku',
  'variant',
  'price',
  'compare_at_price',
] as const;

export type Column = (typeof COLUMNS)[number];

const REQUIRED: readonly Column[] = ['title', 'sku', 'price'];

/** What a request holds ends sooner, unless the lines are very short. */
export const MAX_LINES = 20_000;

/** A line with its cells by the name of their column; a column that the text has not is left out. */
export interface ImportLine {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/** @throws `BAD_USER_INPUT` for what is no such text */
export function importLines(csv: string): ImportLine[] {
  const [header, ...records] = recordsOf(csv);
  if (!header) throw wrong('There is nothing in it.');
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !COLUMNS.includes(name as Column));
  if (unknown.length > 0) throw wrong(`No product has a column "${unknown[0]!.slice(0, 50)}".`);
  if (new Set(names).size < names.length) throw wrong('A column is there twice.');
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw wrong(`There is no column "${missing[0]}".`);
  if (records.length === 0) throw wrong('There is no line after the header.');
  if (records.length > MAX_LINES) throw wrong(`There are more than ${MAX_LINES} lines.`);
  return records.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name, index) => [name, withoutNeutralising((cells[index] ?? '').trim())])),
  }));
}

function recordsOf(csv: string): CsvRecord[] {
  try {
    return parseCsv(csv);
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong(error.message);
    throw error;
  }
}

function wrong(message: string) {
  return badUserInput([{ path: 'input.csv', message }]);
}
