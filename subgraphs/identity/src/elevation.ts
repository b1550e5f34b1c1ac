import { type Page, Session, withRowScope } from '@supergraph/subgraph-kit';
import type { IdentityWork } from './context.ts';

/**
 * Runs one step of a use-case past row-level security, in a transaction of its own: for somebody who is just about to
 * prove who they are (sign-in, registration, a mailed token), or for what is the system's to check and not the
 * caller's. The rows it may touch are whatever `run` names, so `run` names them by something only the caller can know.
 */
export function elevated<Result>(work: IdentityWork, run: () => Promise<Result>): Promise<Result> {
  return withRowScope(Session.system(), () => work.transaction(run));
}

/** Reads a page past row-level security, and its count, which is asked for later if at all. */
export async function elevatedPage<Node>(read: () => Promise<Page<Node>>): Promise<Page<Node>> {
  const page = await withRowScope(Session.system(), read);
  return { ...page, count: () => withRowScope(Session.system(), page.count) };
}
