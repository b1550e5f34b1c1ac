import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { CommerceEvents } from '../events.ts';
import { Order } from '../order/order.entity.ts';
import { takeOrder } from '../order/take-order.ts';
import { takePayment } from '../payment/take-payment.ts';
import { cancelUnits } from './cancel-units.ts';

type Lost = 'payment.failed' | 'payment.cancelled';

/**
 * Cancels what was not sent of an order that was placed and whose money never comes: what the bank had reserved, it has let
 * go of before it was taken. What was sent already is between the shop and the buyer. Any other order is left as it is.
 */
export async function cancelUnpaidOrder<Name extends Lost>(
  work: CommerceWork,
  { data }: EventEnvelope<Name, CommerceEvents[Name] & object>,
): Promise<void> {
  const { orderId, paymentId } = data as { orderId: string; paymentId: string };
  // A payment of something else than an order of ours, or one that was given up for another.
  if ((await work.em.count(Order, { id: orderId, paymentId })) === 0) return;
  await asSystem(work, async () => {
    const taken = await takeOrder(work, orderId);
    const payment = await takePayment(work, paymentId);
    if (!taken.order.placedAt || !payment.isGivenUp) return;
    const units = taken.items.flatMap((item) => (item.unsent > 0 ? [{ item, quantity: item.unsent }] : []));
    if (units.length > 0) await cancelUnits(work, taken, units, 'It was not paid after all.', { isPaid: false });
  });
}
