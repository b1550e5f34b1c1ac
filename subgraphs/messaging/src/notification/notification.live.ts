import type { MessagingWork } from '../context.ts';

/** Says that a notification came; the reader loads it, so that a hint shows nobody anything. */
export interface NotificationHint {
  readonly id: string;
}

export const notificationChannel = (userId: string) => `notification:${userId}`;

export const unreadCountChannel = (userId: string) => `unread-notification-count:${userId}`;

/** Tells the person's open clients, once the transaction is committed. */
export function announceNotification(work: MessagingWork, userId: string, id: string): void {
  work.afterCommit(() => work.live.publish(notificationChannel(userId), { id } satisfies NotificationHint));
  announceUnreadCount(work, userId);
}

export function announceUnreadCount(work: MessagingWork, userId: string): void {
  work.afterCommit(() => work.live.publish(unreadCountChannel(userId), {}));
}
