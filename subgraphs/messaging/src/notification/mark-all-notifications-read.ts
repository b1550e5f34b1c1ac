import type { MessagingWork } from '../context.ts';
import { Notification } from './notification.entity.ts';
import { announceUnreadCount } from './notification.live.ts';

/** Notes that the caller has read everything in the list. Returns how many were unread. */
export async function markAllNotificationsRead(work: MessagingWork, _input: undefined): Promise<number> {
  const userId = work.session.requirePerson();
  announceUnreadCount(work, userId);
  return work.em.nativeUpdate(Notification, { userId, readAt: null, archivedAt: null }, { readAt: work.now() });
}
