import { decodeCursor, type PageWindow } from '@supergraph/subgraph-kit';
import { firstRows, scopeOf, type Wanted } from './first-rows.ts';
import { ProductSort } from './product-search.inputs.ts';
import type { SearchCondition } from './search-condition.ts';
import {
  BEST_SELLING,
  fingerprintOf,
  type Order,
  ORDERS,
  RANK,
  reading,
  type SteppedOrder,
  within,
} from './search-order.ts';
import { allOf, type SqlPart } from './sql-part.ts';

/** How far an order is read in the hope that a page of it fits, before that is looked up. */
const GLANCE = 400;

/** All of a product but what only the search itself looks at. */
const COLUMNS = `e.id, e.shop_id, e.organization_id, e.category_id, e.category_path, e.title, e.slug, e.description, e.brand,
  e.attributes, e.status, e.shop_open, e.listed, e.currency, e.lowest_price, e.rating_count, e.rating_stars, e.rating,
  e.sold_count,  e.version, e.created_at, e.updated_at, e.published_at`;

/** A statement for one page of a search, and what its cursors belong to. */
export interface SearchPage extends SqlPart {
  readonly fingerprint: string;
}

export function searchPage(
  condition: SearchCondition,
  sort: ProductSort,
  window: PageWindow,
  alike: boolean,
): SearchPage {
  const fingerprint = fingerprintOf(orderOf(sort, false), alike);
  const page = sortedPage(condition, steppedOrder(sort), window, fingerprint);
  return { ...page, fingerprint };
}

/** Whether a page goes on with a search that found nothing but what is written alike. */
export function continuesAlike(sort: ProductSort, { after, before }: PageWindow): boolean {
  const cursor = after ?? before;
  if (cursor === undefined) return false;
  try {
    decodeCursor(cursor, fingerprintOf(orderOf(sort, true), true), 2, 'after');
    return true;
  } catch {
    return false;
  }
}

/** @param hasText whether there is something to be relevant to */
function orderOf(sort: ProductSort, hasText: boolean): Order {
  return sort === ProductSort.RELEVANCE && hasText ? RANK : steppedOrder(sort);
}

function steppedOrder(sort: ProductSort): SteppedOrder {
  return sort === ProductSort.RELEVANCE ? BEST_SELLING : ORDERS[sort];
}

/** Only a page of them is read whole. */
function sortedPage(condition: SearchCondition, order: SteppedOrder, window: PageWindow, fingerprint: string): SqlPart {
  const between = allOf(within(order, 'e.id', window, fingerprint));
  const { backward, size } = window;
  const direction = reading(order, 'e.id', backward);
  const wanted = { order, backward, between, columns: '', limit: size + 1 };
  const page = condition.isRare ? firstRows(condition, wanted) : glance(condition, wanted);
  return {
    sql: `select ${COLUMNS}, array[${order.column}::text, e.id::text] as page_cursor
      from (${page.sql}) page join listed_product e on e.id = page.found_id order by ${direction}`,
    params: page.params,
  };
}

/**
 * What fits much of the catalogue is met at once by reading it in order. So that is tried, and not for long: where words,
 * prices and categories go together, the first that fits may be far away.
 */
function glance(condition: SearchCondition, wanted: Wanted): SqlPart {
  const { order, backward = false, between = allOf([]), limit } = wanted;
  const scope = scopeOf(condition, order);
  const direction = reading(order, 'e.id', backward);
  const isLacking = `(select count(*) from met) < ${limit}`;
  const rest = firstRows(condition, { ...wanted, when: isLacking });
  return {
    sql: `with met as materialized (
        select e.id from (
          select * from listed_product e where ${scope.sql} and ${between.sql} order by ${direction} limit ${GLANCE}
        ) e where ${condition.plain.sql} order by ${direction} limit ${limit}
      ) select id as found_id from met where not ${isLacking} union all select found_id from (${rest.sql}) rest`,
    params: [...scope.params, ...between.params, ...condition.plain.params, ...rest.params],
  };
}

/** How well something fits is in no index. So only the best selling are looked at, and only a page of them is read whole. */
export function rankedPage(rank: SqlPart, best: readonly string[], window: PageWindow, alike: boolean): SearchPage {
  const fingerprint = fingerprintOf(RANK, alike);
  const inWindow = allOf(within(RANK, 'id', window, fingerprint));
  return {
    fingerprint,
    sql: `select ${COLUMNS}, array[ranked.rank::text, e.id::text] as page_cursor from (
        select id, rank from (
          select m.id, (${rank.sql})::double precision as rank from listed_product m where m.id = any(?::uuid[])
        ) fitting where ${inWindow.sql} order by ${reading(RANK, 'id', window.backward)} limit ${window.size + 1}
      ) ranked join listed_product e on e.id = ranked.id order by ${reading(RANK, 'ranked.id', window.backward)}`,
    params: [...rank.params, `{${best.join(',')}}`, ...inWindow.params],
  };
}
