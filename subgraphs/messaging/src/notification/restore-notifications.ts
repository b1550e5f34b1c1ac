import type { MessagingWork } from '../context.ts';
import { findOwnNotifications } from './find-own-notifications.ts';
import type { NotificationIdsInput } from './notification.inputs.ts';
import type { Notification } from './notification.entity.ts';
import { announceUnreadCount } from './notification.live.ts';

/** Brings archived ones back into the list, as they were. */
export async function restoreNotifications(
  work: MessagingWork,
  { ids }: NotificationIdsInput,
): Promise<Notification[]> {
  const notifications = await findOwnNotifications(work, ids);
  for (const notification of notifications) notification.restore();
  announceUnreadCount(work, work.session.requirePerson());
  return notifications;
}
