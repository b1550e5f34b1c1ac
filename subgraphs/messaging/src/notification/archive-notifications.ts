import type { MessagingWork } from '../context.ts';
import { findOwnNotifications } from './find-own-notifications.ts';
import type { NotificationIdsInput } from './notification.inputs.ts';
import type { Notification } from './notification.entity.ts';
import { announceUnreadCount } from './notification.live.ts';

/** Puts these away: out of the list and out of the count of unread ones. */
export async function archiveNotifications(
  work: MessagingWork,
  { ids }: NotificationIdsInput,
): Promise<Notification[]> {
  const notifications = await findOwnNotifications(work, ids);
  for (const notification of notifications) notification.archive(work.now());
  announceUnreadCount(work, work.session.requirePerson());
  return notifications;
}
