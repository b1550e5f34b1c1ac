import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { openRecipient } from './lock-recipients.ts';

type Registered = EventEnvelope<'user.registered', IdentityEvents['user.registered']>;

/** Learns of a new user and welcomes them, once: also when the event comes again, and under another id. */
export async function registerRecipient(work: MessagingWork, { data, occurredAt }: Registered): Promise<void> {
  const recipient = await openRecipient(work.em, data.userId);
  recipient.learnProfile(data, occurredAt);
  await work.em.flush();
  await notifyRecipients(work, [data.userId], {
    type: NotificationType.WELCOME,
    variables: {},
    cause: 'registration',
    link: '/',
  });
}
