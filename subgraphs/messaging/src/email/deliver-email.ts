import type { JobRun } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { claimDelivery } from '../delivery/claim-delivery.ts';
import type { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { Channel } from '../notification/channel.ts';
import { Recipient } from '../recipient/recipient.entity.ts';
import { MailNotAccepted } from './mailer.ts';
import { writeMail } from './write-mail.ts';

/** Attempts after the first: with doubling pauses, about three hours. Outlasts a claim whose process died. */
export const EMAIL_RETRY_LIMIT = 20;

/**
 * Sends one mail and notes what became of it. Three steps, so that no transaction waits for a mail server: claim, send,
 * note. A process that dies between the last two sends it again, under the same message id.
 */
export async function deliverEmail(
  work: MessagingWork,
  { deliveryId }: { deliveryId: string },
  run: JobRun,
): Promise<void> {
  const delivery = await claimDelivery(work, deliveryId);
  if (!delivery) return;
  const mail = await writeMail(work, delivery);
  try {
    await work.services.mailer.send(mail);
  } catch (error) {
    if (!(error instanceof MailNotAccepted)) throw error;
    await work.transaction(async () => noteRefusal(work, delivery, error, run));
    if (error.kind === 'temporary') throw error;
    return;
  }
  delivery.markSent(work.now());
  const { notificationId, userId, type, organizationId } = delivery;
  work.publish(
    'notification.sent',
    { notificationId: notificationId ?? undefined, userId: userId ?? undefined, type, channel: Channel.EMAIL },
    { organizationId: organizationId ?? undefined },
  );
}

async function noteRefusal(
  work: MessagingWork,
  delivery: NotificationDelivery,
  { kind, message }: MailNotAccepted,
  run: JobRun,
): Promise<void> {
  if (kind === 'temporary' && run.attempt <= EMAIL_RETRY_LIMIT) return delivery.postpone(message);
  if (kind !== 'bounced') return delivery.markFailed(message, work.now());
  const address = delivery.content?.address;
  delivery.markBounced(message, work.now());
  // Only when it is still theirs: a change of address may have been what bounced, or have come meanwhile.
  const recipient = delivery.userId ? await work.em.findOne(Recipient, { userId: delivery.userId }) : null;
  if (recipient && recipient.email === address) recipient.recordBounce(work.now());
}
