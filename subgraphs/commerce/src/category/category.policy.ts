import type { Session } from '@supergraph/subgraph-kit';

/** Platform staff: the tree is the same for all shops. */
export const WRITE_CATEGORIES = 'commerce:categories.write';

/** A machine is never staff. */
export function mayWriteCategories(session: Session): boolean {
  return session.isSystem || (session.can(WRITE_CATEGORIES) && !session.isMachine);
}
