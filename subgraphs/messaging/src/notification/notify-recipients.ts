import type { MessagingWork } from '../context.ts';
import { queueDelivery, recordInAppDelivery } from '../delivery/queue-delivery.ts';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { Channel } from './channel.ts';
import { chooseChannels } from './choose-channels.ts';
import { quietUntil } from '../preference/quiet-hours.ts';
import { findReach, type Reach } from '../preference/find-reach.ts';
import { lockRecipients } from '../recipient/lock-recipients.ts';
import type { Recipient } from '../recipient/recipient.entity.ts';
import { TemplateShelf } from '../template/template.shelf.ts';
import type { Message } from './message.ts';
import { Notification } from './notification.entity.ts';
import { announceNotification } from './notification.live.ts';
import { TYPE_RULES } from './type-catalogue.ts';

export interface NotifiedRecipient {
  readonly userId: string;
  /** Absent when the person does not want this type in the app. */
  readonly notification?: Notification;
  readonly deliveries: readonly NotificationDelivery[];
}

/**
 * Tells people something, each on the channels they want: in the app at once, by mail and push as soon as they may be
 * disturbed. Whoever was told of the same cause before is left out, and so is whoever is not active.
 *
 * Runs as the system. Constant in its number of statements, however many people there are.
 */
export function notifyRecipients(
  work: MessagingWork,
  userIds: readonly string[],
  message: Message,
): Promise<NotifiedRecipient[]> {
  return work.transaction(async () => {
    // The lock keeps two transactions that hear of the same cause apart, and gives places in the order of commits.
    const recipients = (await lockRecipients(work.em, userIds)).filter((recipient) => recipient.isActive);
    const fresh = await withoutThoseTold(work, recipients, message);
    if (fresh.length === 0) return [];
    const reach = await findReach(work.em, fresh, message.type);
    const shelf = await TemplateShelf.open(
      work,
      message,
      fresh.map((recipient) => recipient.locale),
    );
    return fresh
      .map((recipient) => notifyOne(work, recipient, reach.of(recipient), message, shelf))
      .filter((notified) => notified.deliveries.length > 0);
  });
}

async function withoutThoseTold(
  work: MessagingWork,
  recipients: readonly Recipient[],
  message: Message,
): Promise<Recipient[]> {
  const sources = recipients.map((recipient) => sourceFor(message, recipient.userId));
  const told = await work.em.find(NotificationDelivery, { source: { $in: sources } }, { fields: ['userId'] });
  const ids = new Set(told.map((delivery) => delivery.userId));
  return recipients.filter((recipient) => !ids.has(recipient.userId));
}

function notifyOne(
  work: MessagingWork,
  recipient: Recipient,
  reach: Reach,
  message: Message,
  shelf: TemplateShelf,
): NotifiedRecipient {
  const channels = chooseChannels(message.type, reach, message.channels);
  const notification = channels.includes(Channel.IN_APP) ? write(work, recipient, message, shelf) : undefined;
  const quiet = reach.quietHours && !TYPE_RULES[message.type].security ? reach.quietHours : undefined;
  const dueAt = (quiet && quietUntil(work.now(), quiet, recipient.timeZone)) ?? work.now();
  const source = sourceFor(message, recipient.userId);
  const deliveries = channels.map((channel) =>
    channel === Channel.IN_APP
      ? recordInAppDelivery(work, notification!, source)
      : queueDelivery(work, { channel, message, source, dueAt, notification, to: recipient }),
  );
  return { userId: recipient.userId, notification, deliveries };
}

function write(work: MessagingWork, recipient: Recipient, message: Message, shelf: TemplateShelf): Notification {
  const { subject, text } = shelf.render(Channel.IN_APP, recipient, message.variables, message.link);
  const notification = work.em.create(Notification, {
    id: work.newId(),
    userId: recipient.userId,
    organizationId: message.organizationId,
    type: message.type,
    title: subject.slice(0, MAX_TITLE),
    body: text.slice(0, MAX_BODY),
    link: message.link,
    subjectType: message.subject?.type,
    subjectId: message.subject?.id,
    data: message.data,
    sequence: recipient.takeSequence(),
    source: message.cause,
    createdAt: work.now(),
  });
  announceNotification(work, recipient.userId, notification.id);
  return notification;
}

const MAX_TITLE = 300;
const MAX_BODY = 5_000;

/** One cause tells one person once. */
function sourceFor(message: Message, userId: string): string {
  return `${message.cause}:${userId}`;
}
