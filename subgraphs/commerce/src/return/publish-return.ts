import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { type ChosenUnits, namedUnits } from '../order/choose-units.ts';
import { partOf, type TakenOrder } from '../order/take-order.ts';
import { Shop } from '../shop/shop.entity.ts';
import type { ReturnRequest } from './return-request.entity.ts';

/** Announces what became of a return, in the shop's organization's name whoever caused it. */
export async function publishReturn<
  Name extends 'return.requested' | 'return.approved' | 'return.declined' | 'return.received',
>(
  work: CommerceWork,
  name: Name,
  taken: TakenOrder,
  request: ReturnRequest,
  units: readonly ChosenUnits[],
): Promise<void> {
  const { order } = taken;
  const { part } = partOf(taken, request.shopOrderId);
  const { id: shopId, name: shopName } = await work.em.findOneOrFail(Shop, { id: part.shopId });
  const byBuyer = name === 'return.requested' || name === 'return.approved';
  const told = {
    ...{ orderId: order.id, number: order.number, userId: order.userId ?? null, email: order.email },
    ...{ shopOrderId: part.id, shopOrderNumber: part.number, shopId, shopName, organizationId: part.organizationId },
    ...{ returnId: request.id, currency: request.currency, refunded: request.refund ?? null },
    reason: (byBuyer ? (request.note ?? request.reason) : request.decisionReason) ?? null,
    items: namedUnits(units),
  };
  work.publish(name, told as CommerceEvents[Name], { organizationId: part.organizationId });
}
