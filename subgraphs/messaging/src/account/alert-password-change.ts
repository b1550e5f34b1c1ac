import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { requireRecipient } from '../recipient/require-recipient.ts';

type Changed = EventEnvelope<'password.changed', IdentityEvents['password.changed']>;

/** Tells an account's owner that its password is another one now. */
export async function alertPasswordChange(work: MessagingWork, { id, data, occurredAt }: Changed): Promise<void> {
  await requireRecipient(work.em, data.userId);
  await notifyRecipients(work, [data.userId], {
    type: NotificationType.PASSWORD_CHANGED,
    variables: { changedAt: occurredAt.toISOString() },
    cause: id,
    link: '/settings/security',
  });
}
