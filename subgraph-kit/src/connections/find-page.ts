import type { EntityManager, EntityName, FilterQuery } from '@mikro-orm/postgresql';
import { fetchRows, rowsWithin } from './page.query.ts';
import { type Page, pageOf } from './page.ts';
import { type PageArguments, pageWindow } from './page-window.ts';
import { once } from './once.ts';
import { type PageOrder, ROW, SortOrder } from './sort-order.ts';

/**
 * What is in a list and in which order.
 *
 * `where` may follow references to one, not to many. SQL in it, as `{ [raw('e.title % ?', [text])]: [] }`, knows the row
 * as `e`.
 */
export interface PageList<Entity extends object> {
  readonly where?: FilterQuery<Entity>;
  readonly orderBy: PageOrder<Entity>;
}

/**
 * One page of a list, in one statement; a second one only when its `count` is asked for.
 *
 * @throws `BAD_USER_INPUT` for arguments out of range and for a cursor of another list
 */
export async function findPage<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  { where, orderBy, args }: PageList<NoInfer<Entity>> & { readonly args: PageArguments },
): Promise<Page<Entity>> {
  const window = pageWindow(args);
  const sort = new SortOrder(em, entity, orderBy);
  const rows = await fetchRows(em, await rowsWithin(em, entity, where, window, sort), window);
  return pageOf(
    em,
    entity,
    rows,
    window,
    sort.fingerprint,
    once(() => countAll(em, entity, where)),
  );
}

async function countAll<Entity extends object>(
  em: EntityManager,
  entity: EntityName<Entity>,
  where: FilterQuery<Entity> | undefined,
): Promise<number> {
  const query = em.createQueryBuilder(entity, ROW);
  if (where) query.andWhere(where as never);
  await query.applyFilters();
  return query.getCount();
}
