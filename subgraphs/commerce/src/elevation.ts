import { type Page, Session, withRowScope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from './context.ts';

/**
 * Runs a part of a use-case that touches what is not the caller's own, in a transaction as the system. The caller's
 * policy has to be checked before. Must not be called within a transaction: that already sees rows as somebody else.
 */
export function asSystem<Result>(work: CommerceWork, run: () => Promise<Result>): Promise<Result> {
  return withRowScope(Session.system(), () => work.transaction(run));
}

/** Reads a page as the system, its count included, which is asked for later if at all. */
export async function pageAsSystem<Node>(read: () => Promise<Page<Node>>): Promise<Page<Node>> {
  const page = await withRowScope(Session.system(), read);
  return { ...page, count: () => withRowScope(Session.system(), page.count) };
}
