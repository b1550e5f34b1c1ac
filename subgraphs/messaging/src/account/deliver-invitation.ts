import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { requireRecipient } from '../recipient/require-recipient.ts';
import { mailAddress } from './mail-address.ts';

type Sent = EventEnvelope<'invitation.sent', IdentityEvents['invitation.sent']>;

/**
 * Delivers an invitation: to somebody with an account on the channels they want, to anybody else by mail. Only the mail
 * carries the token.
 */
export async function deliverInvitation(work: MessagingWork, event: Sent): Promise<void> {
  const { organizationName, inviterName, role, locale, expiresAt, sealedToken, email, userId } = event.data;
  const message = {
    type: NotificationType.INVITATION,
    variables: { organizationName, inviterName, role, expiresAt },
    sealedToken,
    expiresAt: new Date(expiresAt),
  };
  if (!userId) return mailAddress(work, event, { email, locale, name: '' }, message);
  await requireRecipient(work.em, userId);
  await notifyRecipients(work, [userId], { ...message, cause: event.id, link: '/invitations' });
}
