import { decodeCursor, type PageWindow } from '@supergraph/subgraph-kit';
import { ProductSort } from './product-search.inputs.ts';
import type { SqlPart } from './sql-part.ts';

/** By one column and then by id, both in one direction, so that an index can be walked either way. */
export interface Order {
  readonly column: string;
  readonly type: string;
  readonly descending: boolean;
}

/** An order that the database has in an index, and divides into steps: see the migration of the search. */
export interface SteppedOrder extends Order {
  /** The name of its steps, as products are marked with. */
  readonly steps: string;
}

export const BEST_SELLING: SteppedOrder = {
  ...{ column: 'e.sold_count', type: 'integer', descending: true, steps: 'sold' },
};

/** By how well something fits, which is in no index. */
export const RANK: Order = { column: 'rank', type: 'double precision', descending: true };

export const ORDERS: Readonly<Record<Exclude<ProductSort, ProductSort.RELEVANCE>, SteppedOrder>> = {
  [ProductSort.BEST_SELLING]: BEST_SELLING,
  [ProductSort.NEWEST]: { column: 'e.published_at', type: 'timestamptz', descending: true, steps: 'published' },
  [ProductSort.RATING]: { column: 'e.standing', type: 'numeric', descending: true, steps: 'standing' },
  [ProductSort.PRICE_ASC]: { column: 'e.lowest_price', type: 'bigint', descending: false, steps: 'price' },
  [ProductSort.PRICE_DESC]: { column: 'e.lowest_price', type: 'bigint', descending: true, steps: 'price' },
};

export function fingerprintOf({ column, descending }: Order, alike: boolean): string {
  return `products ${column} ${descending}${alike ? ' alike' : ''}`;
}

/** What lies between the cursors of a window. */
export function within(
  { column, type, descending }: Order,
  id: string,
  window: PageWindow,
  fingerprint: string,
): SqlPart[] {
  return (['after', 'before'] as const).flatMap((side) => {
    const cursor = window[side];
    if (cursor === undefined) return [];
    const operator = descending === (side === 'after') ? '<' : '>';
    const params = decodeCursor(cursor, fingerprint, 2, side);
    return [{ sql: `(${column}, ${id}) ${operator} (?::${type}, ?::uuid)`, params }];
  });
}

/** How to read an order: from its end for a page before a cursor. */
export function reading({ column, descending }: Order, id: string, backward: boolean): string {
  const direction = descending === backward ? 'asc' : 'desc';
  return `${column} ${direction}, ${id} ${direction}`;
}
