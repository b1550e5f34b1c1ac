import type { Database } from './database.ts';
import { withoutIndexes } from './paused-indexes.ts';
import { type ScaleProduct, scaleProduct, scaleShops } from './scale.product.ts';
import { COUNT, PRODUCTS, SHELVES, SHOPS, WORDS } from './scale.sql.ts';
import { allWords, shelves } from './scale.words.ts';

/** How far it is, for people to read. */
export type OnProgress = (stage: string, done: number, all: number) => void;

const BATCH = 5_000;

const TABLES = ['product', 'product_variant', 'stock_level', 'stock_movement'].map((table) => `commerce.${table}`);

const departments = [...new Set(shelves.map(([department]) => department))];

/**
 * Fills the catalogue up to so many products of invented shops, to see how it does with many: in one transaction, so a run
 * that is stopped has done nothing, and one that is repeated adds what is missing. Each product is the same in every run.
 *
 * The catalogue cannot be used meanwhile. Needs a superuser, because nothing is checked row by row that is right by the
 * way it is made.
 *
 * @returns how many were added
 */
export async function seedScale(database: Database, products: number, onProgress: OnProgress): Promise<number> {
  await database.query('begin');
  let added: number;
  try {
    added = await fillUp(database, products, onProgress);
    await database.query('commit');
  } catch (error) {
    await database.query('rollback').catch(() => {});
    throw error;
  }
  if (added === 0) return 0;
  onProgress('statistics', 0, 1);
  // What was inserted is marked as seen by all, and counted for the planner.
  await database.query(
    `vacuum (analyze) ${TABLES.join(', ')}, commerce.category, commerce.shop, commerce.catalogue_word`,
  );
  onProgress('statistics', 1, 1);
  return added;
}

async function fillUp(database: Database, products: number, onProgress: OnProgress): Promise<number> {
  // Two at once would make the same.
  await database.query(`select pg_advisory_xact_lock(hashtext('commerce seed scale'))`);
  const { rows } = await database.query<{ count: number }>(COUNT);
  const before = rows[0]!.count;
  if (before >= products) return 0;
  await database.query('set local session_replication_role = replica');
  await database.query(SHOPS, [scaleShops.map(({ n }) => n), ...columns(scaleShops, 'currency', 'country')]);
  const places = shelves.map(([department]) => departments.indexOf(department) + 1);
  await database.query(SHELVES, [departments, places, shelves.map(([, kind]) => kind)]);
  await database.query(WORDS, [chunksOf(allWords, 500).map((words) => words.join(' '))]);
  const load = () => loadProducts(database, before + 1, products, onProgress);
  await withoutIndexes(database, TABLES, load, (done, all) => onProgress('indexes', done, all));
  return products - before;
}

async function loadProducts(database: Database, first: number, last: number, onProgress: OnProgress): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  for (let from = first; from <= last; from += BATCH) {
    onProgress('products', from - 1, last);
    // The next ones are made while the database writes the last.
    const batch = columnsOf(Array.from({ length: Math.min(BATCH, last + 1 - from) }, (_, n) => scaleProduct(from + n)));
    await writing;
    writing = database.query(PRODUCTS, batch);
    // Whoever awaits it is told; until then nobody listens.
    writing.catch(() => {});
  }
  await writing;
  onProgress('products', last, last);
}

/** As the statement takes them. */
function columnsOf(products: readonly ScaleProduct[]): readonly unknown[] {
  const of = <Value>(value: (product: ScaleProduct) => Value) => products.map(value);
  return [
    of(({ n }) => n),
    of(({ shop }) => shop),
    of(({ shop }) => scaleShops[shop - 1]!.currency),
    of(({ shelf }) => departments.indexOf(shelves[shelf]![0]) + 1),
    of(({ shelf }) => shelf + 1),
    ...columns(products, 'title', 'description', 'brand'),
    of(({ attributes }) => JSON.stringify(attributes)),
    of(({ prices }) => `{${prices.join(',')}}`),
    of(({ stock }) => `{${stock.join(',')}}`),
    of(({ status }) => status),
    of(({ stars }) => `{${stars.join(',')}}`),
    ...columns(products, 'sold', 'minutesOld'),
  ];
}

function columns<Row>(rows: readonly Row[], ...names: readonly (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}

function chunksOf<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
