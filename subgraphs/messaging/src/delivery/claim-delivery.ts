import { raw } from '@mikro-orm/postgresql';
import type { MessagingWork } from '../context.ts';
import { Recipient } from '../recipient/recipient.entity.ts';
import { DeliveryStatus, NotificationDelivery } from './notification-delivery.entity.ts';

/** Longer than any attempt takes; what is still in hand after this was left by a process that died. */
const LEASE_MS = 60_000;

/** Another attempt is in hand, or was until its process died: try again later. */
export class DeliveryInHand extends Error {
  override readonly name = 'DeliveryInHand';
}

/**
 * Takes a delivery in hand for one attempt; `undefined` when there is nothing left to do.
 *
 * One conditional update, so that of two workers one gets it. Accepts a failed one too: its job comes back only when an
 * operator takes it out of the dead letters.
 *
 * @throws DeliveryInHand
 */
export async function claimDelivery(work: MessagingWork, id: string): Promise<NotificationDelivery | undefined> {
  const now = work.now();
  const open = [DeliveryStatus.QUEUED, DeliveryStatus.FAILED];
  const claimed = await work.em.nativeUpdate(
    NotificationDelivery,
    {
      id,
      $or: [
        { status: { $in: open } },
        { status: DeliveryStatus.SENDING, claimedAt: { $lt: new Date(now.getTime() - LEASE_MS) } },
      ],
    },
    { status: DeliveryStatus.SENDING, claimedAt: now, finishedAt: null, attempts: raw('attempts + 1') as never },
  );
  const delivery = await work.em.findOne(NotificationDelivery, { id });
  if (claimed === 0) {
    if (delivery?.status === DeliveryStatus.SENDING) throw new DeliveryInHand('Another attempt is in hand.');
    return undefined;
  }
  const reason = await reasonNotToSend(work, delivery!);
  if (!reason) return delivery!;
  delivery!.suppress(reason, now);
  return undefined;
}

async function reasonNotToSend(work: MessagingWork, delivery: NotificationDelivery): Promise<string | undefined> {
  if (delivery.expiresAt && delivery.expiresAt <= work.now()) return 'It expired before it could be sent.';
  if (!delivery.userId) return undefined;
  const recipient = await work.em.findOne(Recipient, { userId: delivery.userId });
  return recipient && !recipient.isActive ? 'The account is suspended.' : undefined;
}
