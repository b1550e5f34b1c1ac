import {
  type EntityManager,
  type EntityName,
  type FilterQuery,
  raw,
  type SelectQueryBuilder,
} from '@mikro-orm/postgresql';
import { decodeCursor, malformedCursor } from './cursor.ts';
import type { PageRow } from './page.ts';
import type { PageWindow } from './page-window.ts';
import { ROW, type SortOrder } from './sort-order.ts';

/** A column to read beside the entity's own, as SQL without values. */
export type PageColumns = { readonly [Name in keyof PageRow]?: string };

/** The rows of a list that lie within a window, with the filters that are in force for the entity. */
export async function rowsWithin<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  where: FilterQuery<Entity> | undefined,
  window: PageWindow,
  sort: SortOrder<Entity>,
  columns: PageColumns = {},
): Promise<SelectQueryBuilder<Entity>> {
  const extra = Object.entries({ page_cursor: sort.values, ...columns }).map(([name, sql]) => raw(sql).as(name));
  const query = em.createQueryBuilder(entity, ROW).select(['*', ...extra] as never[]);
  if (where) query.andWhere(where as never);
  for (const side of ['after', 'before'] as const) {
    const cursor = window[side];
    if (cursor !== undefined) {
      query.andWhere(sort.beyond(decodeCursor(cursor, sort.fingerprint, sort.length, side), side) as never);
    }
  }
  await query.applyFilters();
  return query as unknown as SelectQueryBuilder<Entity>;
}

/** Runs a page's statement. Values of a cursor that the database cannot read are the client's fault, not ours. */
export async function fetchRows<Entity extends object>(
  query: SelectQueryBuilder<Entity>,
  window: PageWindow,
): Promise<PageRow[]> {
  try {
    return (await query.execute('all', false)) as unknown as PageRow[];
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
