import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { queueDelivery } from '../delivery/queue-delivery.ts';
import { Channel } from '../notification/channel.ts';
import type { Message } from '../notification/message.ts';
import { Recipient } from '../recipient/recipient.entity.ts';

interface Contact {
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly userId?: string | undefined;
}

/**
 * Queues a mail to the address that an event names, whatever is known of its owner: it may be a new address, or of
 * somebody without an account. The same event queues it once.
 */
export async function mailAddress(
  work: MessagingWork,
  event: EventEnvelope,
  contact: Contact,
  message: Omit<Message, 'cause'>,
): Promise<void> {
  const source = `${event.id}:${contact.email}`;
  if (await work.em.findOne(NotificationDelivery, { source, channel: Channel.EMAIL }, { fields: ['id'] })) return;
  const known = contact.userId ? await work.em.findOne(Recipient, { userId: contact.userId }) : null;
  if (known?.status === 'DELETED') return;
  queueDelivery(work, {
    channel: Channel.EMAIL,
    message: { ...message, cause: event.id },
    source,
    dueAt: work.now(),
    to: { ...contact, timeZone: known?.timeZone ?? 'UTC' },
  });
}
