import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { mailAddress } from './mail-address.ts';

type Requested = EventEnvelope<'email_verification.requested', IdentityEvents['email_verification.requested']>;

/** Sends the link that confirms an address. To the address of the event: after a change it is the new one. */
export async function mailEmailVerification(work: MessagingWork, event: Requested): Promise<void> {
  const { sealedToken, expiresAt } = event.data;
  await mailAddress(work, event, event.data, {
    type: NotificationType.EMAIL_VERIFICATION,
    variables: { expiresAt },
    sealedToken,
    expiresAt: new Date(expiresAt),
  });
}
