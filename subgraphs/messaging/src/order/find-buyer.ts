import type { MessagingWork } from '../context.ts';
import type { HeardOfCommerce } from '../commerce.events.ts';
import { OrderBuyer } from './order-buyer.entity.ts';

/** An event overtook the one that would have told of its order. */
export class OrderNotKnownYet extends Error {
  override readonly name = 'OrderNotKnownYet';
}

type Paid = Pick<HeardOfCommerce['payment.refunded'], 'orderId' | 'userId'>;

/**
 * Whom a payment is of. A guest's order has to have been heard of: the bus brings the event again until then. Somebody
 * with an account is told in any case, at worst without the number.
 *
 * @throws OrderNotKnownYet
 */
export async function findBuyer(
  work: MessagingWork,
  { orderId, userId }: Paid,
): Promise<Pick<OrderBuyer, 'userId' | 'email'> & { readonly number?: string }> {
  const known = await work.em.findOne(OrderBuyer, { orderId });
  if (!known && !userId) throw new OrderNotKnownYet(`Nothing is known of order ${orderId} yet.`);
  return known ?? { userId };
}
