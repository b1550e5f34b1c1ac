import { isIdentifier, notFound } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { Notification } from './notification.entity.ts';

/** The caller's notifications with these ids, in their order. @throws `NOT_FOUND` when one is missing or another's */
export async function findOwnNotifications(work: MessagingWork, ids: readonly string[]): Promise<Notification[]> {
  const userId = work.session.requirePerson();
  const plausible = ids.filter((id) => isIdentifier(id)).map((id) => id.toLowerCase());
  const rows = await work.em.find(Notification, { id: { $in: plausible }, userId });
  const found = new Map(rows.map((notification) => [notification.id, notification]));
  return ids.map((id) => {
    const notification = found.get(id.toLowerCase());
    if (!notification) throw notFound('Notification');
    return notification;
  });
}
