import type { CommerceWork } from '../context.ts';
import type { Order } from '../order/order.entity.ts';
import type { ShopOrder } from '../order/shop-order.entity.ts';
import { OwedRefund, OwedRefundState } from './owed-refund.entity.ts';

/** The job that asks for what is owed. */
export const PAY_OWED_REFUND = 'pay-owed-refund';

export interface NewlyOwed {
  readonly order: Order;
  readonly part: ShopOrder;
  /** What it is for: that owes money of one shop once. */
  readonly causeId: string;
  /** In minor units. */
  readonly amount: number;
  /** For people to read, up to 500 characters. */
  readonly reason: string;
}

/**
 * Notes that money of one shop has to go back. Nothing is asked of a payment provider here, so this is done in the transaction
 * that makes it so, and as the system; the job asks once that is committed and the money was taken.
 *
 * The order has to be locked, and stock not yet: writing this waits for the payment.
 */
export async function oweRefund(
  work: CommerceWork,
  { order, part, causeId, amount, reason }: NewlyOwed,
): Promise<void> {
  // What cost nothing has no payment.
  if (amount === 0 || !order.paymentId) return;
  const now = work.now();
  const id = work.newId();
  work.em.create(OwedRefund, {
    ...{ id, causeId, orderId: order.id, shopOrderId: part.id, paymentId: order.paymentId, shopId: part.shopId },
    ...{ amount, currency: part.currency, reason, requestedBy: work.session.userId ?? null },
    ...{ state: OwedRefundState.OWED, askAfter: now, createdAt: now },
  });
  await work.em.flush();
  work.schedule({ name: PAY_OWED_REFUND, data: { owedRefundId: id }, key: id });
}
