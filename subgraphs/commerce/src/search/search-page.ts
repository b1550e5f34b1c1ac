import { decodeCursor, type PageWindow } from '@supergraph/subgraph-kit';
import { ProductSort } from './product-search.inputs.ts';
import type { SearchCondition } from './search-condition.ts';
import { allOf, type SqlPart } from './sql-part.ts';

/** How many of the best selling that fit are sorted by how well they do. */
const MAX_RANKED = 1_000;

/** All of a product but what only the search itself looks at. */
const COLUMNS = `e.id, e.shop_id, e.organization_id, e.category_id, e.category_path, e.title, e.slug, e.description, e.brand,
  e.attributes, e.status, e.shop_open, e.listed, e.currency, e.lowest_price, e.rating_count, e.rating_stars, e.rating,
  e.sold_count,  e.version, e.created_at, e.updated_at, e.published_at`;

/** By one column and then by id, both in one direction, so that an index can be walked either way. */
interface Order {
  readonly column: string;
  readonly type: string;
  readonly descending: boolean;
}

const BEST_SELLING: Order = { column: 'e.sold_count', type: 'integer', descending: true };
const RANK: Order = { column: 'rank', type: 'double precision', descending: true };

const ORDERS: Readonly<Record<Exclude<ProductSort, ProductSort.RELEVANCE>, Order>> = {
  [ProductSort.BEST_SELLING]: BEST_SELLING,
  [ProductSort.NEWEST]: { column: 'e.published_at', type: 'timestamptz', descending: true },
  [ProductSort.RATING]: { column: 'e.standing', type: 'numeric', descending: true },
  [ProductSort.PRICE_ASC]: { column: 'e.lowest_price', type: 'bigint', descending: false },
  [ProductSort.PRICE_DESC]: { column: 'e.lowest_price', type: 'bigint', descending: true },
};

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
  const order = orderOf(condition, sort);
  const fingerprint = fingerprintOf(order, alike);
  const page =
    order === RANK ? rankedPage(condition, window, fingerprint) : sortedPage(condition, order, window, fingerprint);
  return { ...page, fingerprint };
}

/** Whether a page goes on with a search that found nothing but what is written alike. */
export function continuesAlike(condition: SearchCondition, sort: ProductSort, { after, before }: PageWindow): boolean {
  const cursor = after ?? before;
  if (cursor === undefined) return false;
  try {
    decodeCursor(cursor, fingerprintOf(orderOf(condition, sort), true), 2, 'after');
    return true;
  } catch {
    return false;
  }
}

function orderOf({ rank }: SearchCondition, sort: ProductSort): Order {
  if (sort === ProductSort.RELEVANCE) return rank ? RANK : BEST_SELLING;
  return ORDERS[sort];
}

function fingerprintOf({ column, descending }: Order, alike: boolean): string {
  return `products ${column} ${descending}${alike ? ' alike' : ''}`;
}

function sortedPage(condition: SearchCondition, order: Order, window: PageWindow, fingerprint: string): SqlPart {
  const { sql, params } = allOf([condition, ...within(order, 'e.id', window, fingerprint)]);
  return {
    sql: `select ${COLUMNS}, array[${order.column}::text, e.id::text] as page_cursor from listed_product e
      where ${sql} order by ${reading(order, 'e.id', window)} limit ${window.size + 1}`,
    params,
  };
}

/** How well something fits is in no index. So only so many are looked at, and only a page of them is read whole. */
function rankedPage(condition: SearchCondition, window: PageWindow, fingerprint: string): SqlPart {
  const rank = condition.rank!;
  const inWindow = allOf(within(RANK, 'id', window, fingerprint));
  return {
    sql: `select ${COLUMNS}, array[ranked.rank::text, e.id::text] as page_cursor from (
        select id, rank from (
          select m.id, (${rank.sql})::double precision as rank from (
            select e.id, e.title, e.search from listed_product e
            where ${condition.sql} order by e.sold_count desc, e.id desc limit ${MAX_RANKED}
          ) m
        ) fitting where ${inWindow.sql} order by ${reading(RANK, 'id', window)} limit ${window.size + 1}
      ) ranked join listed_product e on e.id = ranked.id order by ${reading(RANK, 'ranked.id', window)}`,
    params: [...rank.params, ...condition.params, ...inWindow.params],
  };
}

function within({ column, type, descending }: Order, id: string, window: PageWindow, fingerprint: string): SqlPart[] {
  return (['after', 'before'] as const).flatMap((side) => {
    const cursor = window[side];
    if (cursor === undefined) return [];
    const operator = descending === (side === 'after') ? '<' : '>';
    const params = decodeCursor(cursor, fingerprint, 2, side);
    return [{ sql: `(${column}, ${id}) ${operator} (?::${type}, ?::uuid)`, params }];
  });
}

function reading({ column, descending }: Order, id: string, { backward }: PageWindow): string {
  const direction = descending === backward ? 'asc' : 'desc';
  return `${column} ${direction}, ${id} ${direction}`;
}
