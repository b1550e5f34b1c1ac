import { type EntityKey, type EntityManager, type EntityName, raw } from '@mikro-orm/postgresql';
import type { PageList } from './find-page.ts';
import { once } from './once.ts';
import { fetchRows, type PageQuery, rowsWithin } from './page.query.ts';
import { type Page, pageOf } from './page.ts';
import { type PageArguments, type PageWindow, pageWindow } from './page-window.ts';
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
  const { partition, type, values } = partitionOf(em, entity, partitionBy, keys);
  const inList = { $and: [{ [raw(`${partition} = list.key::${type}`) as never]: [] }, where ?? {}] } as never;
  const query = ofEach(new Set(values.values()), await rowsWithin(em, entity, inList, window, sort), sort, window);
  const rows = Map.groupBy(await fetchRows(em, query, window), (row) => row.page_key);
  const inLists = { $and: [{ [partitionBy]: { $in: [...values.values()] } }, where ?? {}] } as never;
  const counts = once(() => countEach(em, entity, partitionBy, partition, inLists));
  const page = (value = '') =>
    pageOf(em, entity, rows.get(value) ?? [], window, sort.fingerprint, async () => (await counts()).get(value) ?? 0);
  return new Map(keys.map((key) => [key, page(values.get(key))]));
}

/**
 * One list's statement run for each of them, so that the database walks an index on partition and sort and stops where
 * the page is full. A window function would read every list to its end: docs/decisions/0009-lateral-pages.md.
 */
function ofEach<Entity extends object>(
  lists: ReadonlySet<string>,
  { sql, params }: PageQuery,
  sort: SortOrder<Entity>,
  window: PageWindow,
): PageQuery {
  const order = sort.reading(window.backward).map((column) => `${column.sql} ${column.direction}`);
  return {
    sql: `select list.key as page_key, ${ROW}.* from json_array_elements_text(?::json) as list (key)
      cross join lateral (${sql}) as ${ROW} order by ${order.join(', ')}`,
    // As JSON, because the ORM would spread an array over as many placeholders as there are lists.
    params: [JSON.stringify([...lists]), ...params],
  };
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

/** The column that tells lists apart, its type, and by key the value of it; a key that cannot be one is left out. */
function partitionOf<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  partitionBy: EntityKey<Entity>,
  keys: readonly string[],
): { partition: string; type: string; values: Map<string, string> } {
  const meta = em.getMetadata().get(entity);
  const property = meta.properties[partitionBy];
  const [column, type] = [property?.fieldNames?.[0], property?.columnTypes?.[0]];
  if (!column || !type) throw new Error(`${meta.className}.${partitionBy} is not a column to tell lists apart by.`);
  const isUuid = type === 'uuid';
  const values = keys
    .filter((key) => !isUuid || isIdentifier(key))
    .map((key) => [key, isUuid ? key.toLowerCase() : key] as const);
  return { partition: em.getPlatform().quoteIdentifier(`${ROW}.${column}`), type, values: new Map(values) };
}
