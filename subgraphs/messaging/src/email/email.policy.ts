import type { Session } from '@supergraph/subgraph-kit';

export function mayReadMailbox(session: Session): boolean {
  return session.can('messaging:mailbox.read');
}
