import type { MessagingWork } from '../context.ts';
import { findOwnNotifications } from './find-own-notifications.ts';
import type { NotificationIdsInput } from './notification.inputs.ts';
import type { Notification } from './notification.entity.ts';
import { announceUnreadCount } from './notification.live.ts';

/** Makes these count as unread again. */
export async function markNotificationsUnread(
  work: MessagingWork,
  { ids }: NotificationIdsInput,
): Promise<Notification[]> {
  const notifications = await findOwnNotifications(work, ids);
  for (const notification of notifications) notification.markUnread();
  announceUnreadCount(work, work.session.requirePerson());
  return notifications;
}
