import type { EntityKey, EntityManager, EntityName } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { batchPages } from './batch-pages.ts';
import type { PageList } from './find-page.ts';
import type { Page } from './page.ts';
import type { PageArguments } from './page-window.ts';

export interface PageRelation<Node extends object, Args extends PageArguments> {
  /** The property that holds the parent's id; see `PageBatch`. */
  readonly partitionBy: EntityKey<Node>;
  /** What the list holds and how it is sorted; may depend on the field's arguments, for filters and sorts. */
  readonly list: (args: Args) => PageList<Node>;
}

/** Loads the pages of a paginated relation. */
export interface PageLoader<Node, Args extends PageArguments> {
  load(parentId: string, args: Args): Promise<Page<Node>>;
}

interface Request<Args> {
  readonly parentId: string;
  readonly args: Args;
  /** Equal for equal arguments, in a form that a map can compare. */
  readonly fingerprint: string;
}

/**
 * A loader for one paginated relation, created per request: however many parents a document reaches, each way of asking
 * for the relation costs one statement.
 */
export function createPageLoader<Node extends object, Args extends PageArguments = PageArguments>(
  em: EntityManager,
  entity: EntityName<Node>,
  { partitionBy, list }: PageRelation<NoInfer<Node>, Args>,
): PageLoader<Node, Args> {
  const loader = new DataLoader(
    async (requests: readonly Request<Args>[]) => {
      const pages = new Map<string, Promise<Map<string, Page<Node>>>>();
      for (const [fingerprint, alike] of Map.groupBy(requests, (request) => request.fingerprint)) {
        const { args } = alike[0]!;
        const keys = alike.map((request) => request.parentId);
        pages.set(fingerprint, batchPages(em, entity, { partitionBy, keys, args, ...list(args) }));
      }
      // An argument that is wrong fails the fields that gave it, not their neighbours.
      return Promise.all(
        requests.map(({ fingerprint, parentId }) =>
          pages.get(fingerprint)!.then(
            (group) => group.get(parentId)!,
            (error: Error) => error,
          ),
        ),
      );
    },
    { cacheKeyFn: ({ parentId, fingerprint }) => `${parentId} ${fingerprint}` },
  );
  return { load: (parentId, args) => loader.load({ parentId, args, fingerprint: JSON.stringify(args) }) };
}
