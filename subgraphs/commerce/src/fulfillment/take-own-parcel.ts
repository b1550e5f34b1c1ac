import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { ChosenUnits } from '../order/choose-units.ts';
import { takeOrder, type TakenOrder } from '../order/take-order.ts';
import { mayChangeShop, mayWriteCommerce } from '../shop/shop.policy.ts';
import { FulfillmentItem } from './fulfillment-item.entity.ts';
import { Fulfillment } from './fulfillment.entity.ts';

/** A parcel with what is in it, and the order it is of, which is locked. */
export interface TakenParcel {
  readonly taken: TakenOrder;
  readonly parcel: Fulfillment;
  readonly units: readonly ChosenUnits[];
}

/** Does something to a parcel of a shop of the caller's, in one transaction. Another's is `NOT_FOUND`. */
export async function withOwnParcel(
  work: CommerceWork,
  id: string,
  run: (parcel: TakenParcel) => void | Promise<void>,
): Promise<Fulfillment> {
  permit(work.session, mayWriteCommerce(work.session));
  const own = await work.em.findOne(Fulfillment, { id: parseId('Fulfillment', id) });
  if (!own || !mayChangeShop(work.session, own)) throw notFound('Fulfillment');
  return asSystem(work, async () => {
    const taken = await takeOrder(work, own.orderId);
    const parcel = await work.em.findOneOrFail(Fulfillment, { id: own.id }, { refresh: true });
    const inside = await work.em.find(FulfillmentItem, { fulfillmentId: own.id }, { orderBy: { orderItemId: 'asc' } });
    const byId = new Map(taken.items.map((item) => [item.id, item]));
    const units = inside.map(({ orderItemId, quantity }) => ({ item: byId.get(orderItemId)!, quantity }));
    await run({ taken, parcel, units });
    return parcel;
  });
}
