import { type EntityKey, type EntityManager, type EntityName, raw } from '@mikro-orm/postgresql';
import type { PageList } from './find-page.ts';
import { once } from './once.ts';
import { fetchRows, rowsWithin } from './page.query.ts';
import { type Page, pageOf } from './page.ts';
import { type PageArguments, pageWindow } from './page-window.ts';
import { isIdentifier } from '../scalars/identifier.ts';
import { ROW, SortOrder } from './sort-order.ts';

export interface PageBatch<Entity extends object> extends PageList<Entity> {
  /** The property, a column that is indexed, whose value says to which list a row belongs. */
  readonly partitionBy: EntityKey<Entity>;
  readonly keys: readonly string[];
  readonly args: PageArguments;
}

/**
 * The same page of many lists at once: one statement for all of them, and one more for all counts when any is asked for.
 * A key without rows gets an empty page.
 *
 * @throws `BAD_USER_INPUT` for arguments out of range and for a cursor of another list
 */
export async function batchPages<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  { partitionBy, keys, where, orderBy, args }: PageBatch<NoInfer<Entity>>,
): Promise<Map<string, Page<Entity>>> {
  const window = pageWindow(args);
  const sort = new SortOrder(em, entity, orderBy);
  const { partition, values } = partitionOf(em, entity, partitionBy, keys);
  const order = sort.reading(window.backward).map(({ sql, direction }) => `${sql} ${direction}`);
  const inLists = { $and: [{ [partitionBy]: { $in: [...values.values()] } }, where ?? {}] } as never;
  const ranked = await rowsWithin(em, entity, inLists, window, sort, {
    page_key: `${partition}::text`,
    page_position: `row_number() over (partition by ${partition} order by ${order.join(', ')})`,
  });
  const query = em
    .createQueryBuilder(entity, 'page')
    .from(ranked as never, 'page')
    .select('*' as never)
    .where({ [raw('page.page_position') as never]: { $lte: window.size + 1 } } as never)
    .orderBy({ [raw('page.page_position') as never]: 'asc' } as never);
  const rows = Map.groupBy(await fetchRows(query as never, window), (row) => row.page_key);
  const counts = once(() => countEach(em, entity, partitionBy, partition, inLists));
  const page = (value = '') =>
    pageOf(em, entity, rows.get(value) ?? [], window, sort.fingerprint, async () => (await counts()).get(value) ?? 0);
  return new Map(keys.map((key) => [key, page(values.get(key))]));
}

async function countEach<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  partitionBy: EntityKey<Entity>,
  partition: string,
  inLists: never,
): Promise<Map<string, number>> {
  const query = em
    .createQueryBuilder(entity, ROW)
    .select([raw(`${partition}::text`).as('key'), raw('count(*)').as('total')] as never[])
    .andWhere(inLists)
    .groupBy(partitionBy as never);
  await query.applyFilters();
  const rows = (await query.execute('all', false)) as unknown as { key: string; total: string }[];
  return new Map(rows.map(({ key, total }) => [key, Number(total)]));
}

/** The column that tells lists apart, and by key the value of it; a key that cannot be one is left out. */
function partitionOf<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  partitionBy: EntityKey<Entity>,
  keys: readonly string[],
): { partition: string; values: Map<string, string> } {
  const meta = em.getMetadata().get(entity);
  const property = meta.properties[partitionBy];
  const column = property?.fieldNames?.[0];
  if (!column) throw new Error(`${meta.className}.${partitionBy} is not a column to tell lists apart by.`);
  const isUuid = property.columnTypes?.[0] === 'uuid';
  const values = keys
    .filter((key) => !isUuid || isIdentifier(key))
    .map((key) => [key, isUuid ? key.toLowerCase() : key] as const);
  return { partition: em.getPlatform().quoteIdentifier(`${ROW}.${column}`), values: new Map(values) };
}
