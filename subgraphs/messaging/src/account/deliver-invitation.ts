import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { mailAddress } from './mail-address.ts';

type Sent = EventEnvelope<'invitation.sent', IdentityEvents['invitation.sent']>;

/** Mails an invitation, and shows it in the app to somebody who has an account; there without the token. */
export async function deliverInvitation(work: MessagingWork, event: Sent): Promise<void> {
  const { organizationName, inviterName, role, locale, expiresAt, sealedToken, email, userId } = event.data;
  const message = {
    type: NotificationType.INVITATION,
    variables: { organizationName, inviterName, role, expiresAt },
    expiresAt: new Date(expiresAt),
  };
  await mailAddress(work, event, { email, locale, userId, name: '' }, { ...message, sealedToken });
  if (!userId) return;
  await notifyRecipients(work, [userId], {
    ...message,
    cause: event.id,
    link: '/invitations',
    channels: [Channel.IN_APP, Channel.WEB_PUSH],
  });
}
