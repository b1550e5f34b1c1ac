import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { Order } from '../order/order.entity.ts';
import { settleOrder } from './settle-order.ts';

type Decided = 'payment.authorized' | 'payment.failed' | 'payment.cancelled';

/** It was decided whether an order is paid: it goes on, also when whoever bought it is gone. */
export async function followPayment<Name extends Decided>(
  work: CommerceWork,
  { data }: EventEnvelope<Name, CommerceEvents[Name] & object>,
): Promise<void> {
  const { orderId, paymentId } = data as { orderId: string; paymentId: string };
  // A payment of something else than an order of ours, or one that was given up for another.
  const isOurs = (await work.em.count(Order, { id: orderId, paymentId })) > 0;
  if (isOurs) await settleOrder(work, { orderId });
}
