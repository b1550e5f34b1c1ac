import type { MessagingWork } from '../context.ts';
import { Channel } from '../notification/channel.ts';
import type { Message } from '../notification/message.ts';
import type { Notification } from '../notification/notification.entity.ts';
import { DeliveryStatus, NotificationDelivery } from './notification-delivery.entity.ts';

/** Whom a message goes to, as they were when it was made. */
export interface Addressee {
  readonly userId?: string | undefined;
  readonly email?: string | null | undefined;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

export interface QueuedDelivery {
  readonly channel: Channel;
  readonly message: Message;
  /** Names cause and addressee; with the channel it exists once. */
  readonly source: string;
  readonly dueAt: Date;
  readonly notification?: Notification | undefined;
  readonly to: Addressee;
}

export const JOB_OF_CHANNEL = { [Channel.EMAIL]: 'deliver-email', [Channel.WEB_PUSH]: 'deliver-push' } as const;

/** Takes on a delivery that needs the network, and asks for the job that makes it. */
export function queueDelivery(
  work: MessagingWork,
  { channel, message, source, dueAt, notification, to }: QueuedDelivery,
): NotificationDelivery {
  const delivery = work.em.create(NotificationDelivery, {
    id: work.newId(),
    notificationId: notification?.id,
    source,
    userId: to.userId,
    organizationId: message.organizationId,
    type: message.type,
    channel,
    status: DeliveryStatus.QUEUED,
    attempts: 0,
    reached: [],
    content: {
      variables: message.variables,
      link: message.link,
      name: to.name,
      locale: to.locale,
      timeZone: to.timeZone,
      ...(channel === Channel.EMAIL && { address: to.email ?? undefined }),
    },
    sealedToken: channel === Channel.EMAIL ? message.sealedToken : undefined,
    createdAt: work.now(),
    dueAt,
    expiresAt: message.expiresAt,
  });
  scheduleDelivery(work, delivery);
  return delivery;
}

export function scheduleDelivery(work: MessagingWork, { id, channel, dueAt }: NotificationDelivery): void {
  if (channel === Channel.IN_APP) return;
  const startAfter = dueAt > work.now() ? dueAt : undefined;
  work.schedule({ name: JOB_OF_CHANNEL[channel], data: { deliveryId: id }, key: id, startAfter });
}

/** What is in the list of the app has arrived. */
export function recordInAppDelivery(
  work: MessagingWork,
  notification: Notification,
  source: string,
): NotificationDelivery {
  const { id: notificationId, userId, type, createdAt } = notification;
  work.publish(
    'notification.sent',
    { notificationId, userId, type, channel: Channel.IN_APP },
    { organizationId: notification.organizationId ?? undefined },
  );
  return work.em.create(NotificationDelivery, {
    id: work.newId(),
    notificationId,
    source,
    userId,
    organizationId: notification.organizationId,
    type,
    channel: Channel.IN_APP,
    status: DeliveryStatus.SENT,
    attempts: 1,
    reached: [],
    createdAt,
    dueAt: createdAt,
    finishedAt: createdAt,
  });
}
