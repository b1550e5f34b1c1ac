import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { encodeCursor } from './cursor.ts';
import type { PageWindow } from './page-window.ts';

export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** One page of a list. */
export interface Page<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | undefined;
    readonly endCursor: string | undefined;
  };
  /** Counts the whole list, not only this page. Costs a statement, so it is asked for only when it is wanted. */
  readonly count: () => Promise<number>;
}

/** A row as the database returns it, with what its page needs to know beside the entity's own columns. */
export interface PageRow {
  readonly page_cursor: readonly string[];
  readonly page_key?: string;
}

/** Makes a page of the rows of its window, which are one more than fits when there are more. */
export function pageOf<Node extends object>(
  em: EntityManager,
  entity: EntityName<Node>,
  rows: readonly PageRow[],
  window: PageWindow,
  fingerprint: string,
  count: () => Promise<number>,
): Page<Node> {
  const hasMore = rows.length > window.size;
  const kept = rows.slice(0, window.size);
  const edges = (window.backward ? kept.reverse() : kept).map(({ page_cursor, page_key, ...columns }) => ({
    node: em.map(entity, columns) as Node,
    cursor: encodeCursor(fingerprint, page_cursor),
  }));
  return {
    edges,
    pageInfo: {
      // Against the direction of travel there is at least the row whose cursor was given.
      hasNextPage: (!window.backward && hasMore) || window.before !== undefined,
      hasPreviousPage: (window.backward && hasMore) || window.after !== undefined,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
    count,
  };
}
