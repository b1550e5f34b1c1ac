import { DomainError } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { OrderState } from '../order/order-state.ts';
import { Order } from '../order/order.entity.ts';
import { voidPayment } from '../payment/void-payment.ts';
import { settleOrder } from './settle-order.ts';

const BATCH = 200;

/**
 * Gives up what was not paid in time. The payment first: only when no money can come any more does the order end, and what
 * was held for it goes to others. Runs every minute; what a payment provider has not answered is left to the next run.
 */
export async function expireOrders(work: CommerceWork): Promise<void> {
  const due = await work.em.find(
    Order,
    { state: OrderState.PENDING_PAYMENT, paymentDueAt: { $lte: work.now() } },
    { orderBy: { paymentDueAt: 'asc', id: 'asc' }, limit: BATCH },
  );
  const orders = due.map(({ id, paymentId }) => ({ id, paymentId }));
  for (const { id: orderId, paymentId } of orders) {
    work.em.clear();
    try {
      if (paymentId) await voidPayment(work, { paymentId });
      await settleOrder(work, { orderId });
    } catch (error) {
      // Paid at the last moment: whoever paid places it.
      if (!(error instanceof DomainError)) work.log.error({ err: error, orderId }, 'an order could not be given up');
    }
  }
}
