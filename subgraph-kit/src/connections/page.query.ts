import { type EntityManager, type EntityName, type FilterQuery, raw } from '@mikro-orm/postgresql';
import { decodeCursor, malformedCursor } from './cursor.ts';
import type { PageRow } from './page.ts';
import type { PageWindow } from './page-window.ts';
import { ROW, type SortOrder } from './sort-order.ts';

/** A statement with `?` for its values. */
export interface PageQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * The rows of a list that lie within a window, in reading order, with the filters that are in force for the entity. One
 * row more than fits says whether there are more.
 */
export async function rowsWithin<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  where: FilterQuery<Entity> | undefined,
  window: PageWindow,
  sort: SortOrder<Entity>,
): Promise<PageQuery> {
  const query = em.createQueryBuilder(entity, ROW).select(['*', raw(sort.values).as('page_cursor')] as never[]);
  if (where) query.andWhere(where as never);
  for (const side of ['after', 'before'] as const) {
    const cursor = window[side];
    if (cursor !== undefined) {
      query.andWhere(sort.beyond(decodeCursor(cursor, sort.fingerprint, sort.length, side), side) as never);
    }
  }
  await query.applyFilters();
  const order = sort.reading(window.backward).map(({ sql, direction }) => ({ [raw(sql)]: direction }));
  query.orderBy(order as never).limit(window.size + 1);
  return query.toQuery();
}

/** Runs a page's statement. Values of a cursor that the database cannot read are the client's fault, not ours. */
export async function fetchRows(em: EntityManager, { sql, params }: PageQuery, window: PageWindow): Promise<PageRow[]> {
  try {
    return await em.execute<PageRow[]>(sql, [...params]);
  } catch (error) {
    const given = (['after', 'before'] as const).filter((side) => window[side] !== undefined);
    if (given.length > 0 && isDataException(error)) throw malformedCursor(...given);
    throw error;
  }
}

/** SQLSTATE class 22: a text that is not a value of the column's type. */
function isDataException(error: unknown): boolean {
  return /^22...$/.test(String((error as { code?: unknown }).code));
}
