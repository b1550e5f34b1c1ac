import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { requireRecipient } from '../recipient/require-recipient.ts';

type Started = EventEnvelope<'session.started', IdentityEvents['session.started']>;

/** Warns of a sign-in with a kind of device that was not used before. */
export async function alertNewSignIn(work: MessagingWork, { id, data }: Started): Promise<void> {
  if (!data.newDevice) return;
  await requireRecipient(work.em, data.userId);
  await notifyRecipients(work, [data.userId], {
    type: NotificationType.NEW_SIGN_IN,
    variables: { device: data.device, address: data.address ?? undefined, startedAt: data.startedAt },
    cause: id,
    link: '/settings/sessions',
  });
}
