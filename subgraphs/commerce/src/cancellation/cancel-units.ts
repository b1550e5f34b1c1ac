import type { CommerceWork } from '../context.ts';
import { returnStock } from '../inventory/return-stock.ts';
import { advanceOrder } from '../order/advance-order.ts';
import { type ChosenUnits, namedUnits } from '../order/choose-units.ts';
import { OrderState } from '../order/order-state.ts';
import { paidFor } from '../order/paid-for-units.ts';
import type { TakenOrder } from '../order/take-order.ts';
import { oweRefund } from '../payment/owe-refund.ts';

/**
 * Cancels units that were not sent: what they cost is owed to the buyer from now on, and they are on the shelf again, all in one
 * transaction. The order has to be locked.
 *
 * @param reason for people to read, up to 500 characters
 * @param isPaid false where no money ever came: then none is owed
 */
export async function cancelUnits(
  work: CommerceWork,
  taken: TakenOrder,
  units: readonly ChosenUnits[],
  reason: string,
  { isPaid = true } = {},
): Promise<void> {
  const { order } = taken;
  const causeId = work.newId();
  const touched = taken.parts.filter(({ id }) => units.some(({ item }) => item.shopOrderId === id));
  let refunded = 0;
  for (const part of touched) {
    const own = units.filter(({ item }) => item.shopOrderId === part.id);
    const amount = isPaid ? own.reduce((sum, { item, quantity }) => sum + paidFor(item, quantity), 0) : 0;
    for (const { item, quantity } of own) item.cancelled += quantity;
    await oweRefund(work, { order, part, causeId, amount, reason });
    refunded += amount;
  }
  advanceOrder(work, taken, touched, reason);
  work.publish('order.cancelled', {
    ...{ orderId: order.id, number: order.number, userId: order.userId ?? null, email: order.email },
    ...{ currency: order.currency, refunded, isWhole: order.state === OrderState.CANCELLED, reason },
    shopOrders: touched.map(({ id, number, shopId, organizationId }) => ({
      ...{ shopOrderId: id, number, shopId, organizationId },
      items: namedUnits(units.filter(({ item }) => item.shopOrderId === id)),
    })),
  });
  const lines = units.map(({ item: { variantId }, quantity }) => ({ variantId, quantity }));
  await returnStock(work, { cause: `cancellation ${causeId}`, lines });
}
