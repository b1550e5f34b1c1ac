import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { type ChosenUnits, namedUnits } from '../order/choose-units.ts';
import { partOf, type TakenOrder } from '../order/take-order.ts';
import { Shop } from '../shop/shop.entity.ts';
import type { Fulfillment } from './fulfillment.entity.ts';

/** Announces a parcel that was sent or has arrived, and whether that was all of the shop's part. */
export async function publishParcel<Name extends 'order.fulfilled' | 'order.delivered'>(
  work: CommerceWork,
  name: Name,
  taken: TakenOrder,
  parcel: Fulfillment,
  units: readonly ChosenUnits[],
): Promise<void> {
  const { order } = taken;
  const { part, items } = partOf(taken, parcel.shopOrderId);
  const { id: shopId, name: shopName } = await work.em.findOneOrFail(Shop, { id: part.shopId });
  const isOver = (item: (typeof items)[number]) =>
    item.quantity - item.cancelled === (name === 'order.fulfilled' ? item.fulfilled : item.delivered);
  const told = {
    ...{ orderId: order.id, number: order.number, userId: order.userId ?? null, email: order.email },
    ...{ shopOrderId: part.id, shopOrderNumber: part.number, shopId, shopName, organizationId: part.organizationId },
    ...{ fulfillmentId: parcel.id, carrier: parcel.carrier ?? null, trackingNumber: parcel.trackingNumber ?? null },
    ...{ trackingUrl: parcel.trackingUrl ?? null, isComplete: items.every(isOver), items: namedUnits(units) },
  };
  work.publish(name, told as CommerceEvents[Name], { organizationId: part.organizationId });
}
