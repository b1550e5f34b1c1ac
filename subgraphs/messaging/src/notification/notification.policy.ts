import type { Session } from '@supergraph/subgraph-kit';

/** What somebody was told is nobody else's business, not even an administrator's. */
export function mayReadNotificationsOf(session: Session, userId: string): boolean {
  return session.is(userId) || session.isSystem;
}

export function maySendNotifications(session: Session): boolean {
  return session.can('messaging:notify');
}
