import { createPageLoader, loadMany, loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { MessagingReader } from '../context.ts';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import type { NotificationListArguments } from './notification.inputs.ts';
import { Notification } from './notification.entity.ts';

const COUNT_UNREAD = `
select user_id, count(*)::integer as unread from notification
where user_id = any(?::uuid[]) and read_at is null and archived_at is null
group by user_id`;

export function createNotificationLoaders({ em }: MessagingReader) {
  return {
    notificationById: loadOne(em, Notification),
    /** Newest first. The order is that in which they became visible, so reading on from a cursor misses none. */
    notificationsOfUser: createPageLoader<Notification, NotificationListArguments>(em, Notification, {
      partitionBy: 'userId',
      list: ({ filter }) => ({
        where: {
          archivedAt: filter?.archived ? { $ne: null } : null,
          ...(filter?.unreadOnly && { readAt: null }),
          ...(filter?.types && { type: { $in: filter.types } }),
        },
        orderBy: { sequence: 'desc' },
      }),
    }),
    unreadCountOfUser: new DataLoader(async (userIds: readonly string[]) => {
      // As an array literal: the ORM would spread an array into several placeholders.
      const rows = await em.execute<{ user_id: string; unread: number }[]>(COUNT_UNREAD, [`{${userIds.join()}}`]);
      const counts = new Map(rows.map((row) => [row.user_id, row.unread]));
      return userIds.map((id) => counts.get(id) ?? 0);
    }),
    deliveriesOfNotification: loadMany(em, NotificationDelivery, {
      by: 'notificationId',
      orderBy: { createdAt: 'asc', id: 'asc' },
    }),
  };
}
