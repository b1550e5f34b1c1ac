import type { EventEnvelope } from '@supergraph/subgraph-kit';
import { mailAddress } from '../account/mail-address.ts';
import type { MessagingWork } from '../context.ts';
import type { Message } from '../notification/message.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { requireRecipient } from '../recipient/require-recipient.ts';

export interface Buyer {
  readonly userId?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** Nobody knows which language a guest reads. */
const GUEST = { name: '', locale: 'en' };

/**
 * Tells whoever bought something: somebody with an account as they chose, and never at the address that the order has; a
 * guest by mail. The same event tells them once.
 */
export async function tellBuyer(
  work: MessagingWork,
  event: EventEnvelope,
  { userId, email }: Buyer,
  message: Omit<Message, 'cause' | 'organizationId'>,
): Promise<void> {
  if (userId) {
    await requireRecipient(work.em, userId);
    await notifyRecipients(work, [userId], { ...message, cause: `${message.type}:${event.id}` });
  } else if (email) await mailAddress(work, event, { ...GUEST, email }, message);
}
