import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { mailAddress } from './mail-address.ts';

type Requested = EventEnvelope<'password_reset.requested', IdentityEvents['password_reset.requested']>;

/** Sends the link under which a new password is set. */
export async function mailPasswordReset(work: MessagingWork, event: Requested): Promise<void> {
  const { sealedToken, expiresAt } = event.data;
  await mailAddress(work, event, event.data, {
    type: NotificationType.PASSWORD_RESET,
    variables: { expiresAt },
    sealedToken,
    expiresAt: new Date(expiresAt),
  });
}
