import { conflict, idempotent } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { advanceOrder } from '../order/advance-order.ts';
import { chooseUnits } from '../order/choose-units.ts';
import { OrderState } from '../order/order-state.ts';
import { findOwnShopOrder, partOf, takeOrder } from '../order/take-order.ts';
import { FulfillmentItem } from './fulfillment-item.entity.ts';
import { FulfillmentState } from './fulfillment-state.ts';
import { Fulfillment } from './fulfillment.entity.ts';
import type { FulfillShopOrderInput } from './fulfillment.inputs.ts';
import { publishParcel } from './publish-parcel.ts';

/** More than anybody sends, those that were undone included: what is read with an order has an end. */
const MAX_PARCELS = 200;

/**
 * Sends what is left of a shop's part of an order, or some of it. A suspended shop, and a closed one, may: it owes that.
 *
 * @throws `CONFLICT` when there are not that many left, because they were sent or cancelled; `IDEMPOTENCY_CONFLICT`
 */
export async function fulfillShopOrder(work: CommerceWork, input: FulfillShopOrderInput): Promise<Fulfillment> {
  const { id: shopOrderId, orderId } = await findOwnShopOrder(work, input.shopOrderId);
  const { idempotencyKey: key, ...rest } = input;
  return asSystem(work, async () => {
    const id = await idempotent(work, { operation: 'fulfillShopOrder', key, input: rest }, () =>
      send(work, orderId, shopOrderId, input),
    );
    return work.em.findOneOrFail(Fulfillment, { id });
  });
}

async function send(
  work: CommerceWork,
  orderId: string,
  shopOrderId: string,
  { items: named, carrier, trackingNumber, trackingUrl }: FulfillShopOrderInput,
): Promise<string> {
  const taken = await takeOrder(work, orderId);
  taken.order.requirePlaced(OrderState.FULFILLED);
  const { part, items } = partOf(taken, shopOrderId);
  const units = chooseUnits(items, named, ({ unsent }) => unsent, 'sent');
  if ((await work.em.count(Fulfillment, { shopOrderId })) >= MAX_PARCELS) {
    throw conflict(`No more than ${MAX_PARCELS} parcels are sent for one order.`);
  }
  const now = work.now();
  const { organizationId, shopId, userId = null } = part;
  const parcel = work.em.create(Fulfillment, {
    ...{ id: work.newId(), orderId, shopOrderId, shopId, organizationId, userId },
    ...{ state: FulfillmentState.SENT, carrier: carrier ?? null, trackingNumber: trackingNumber ?? null },
    ...{ trackingUrl: trackingUrl ?? null, sentAt: now, updatedAt: now },
  });
  // In the order of their foreign keys, of which the ORM does not know.
  await work.em.flush();
  for (const { item, quantity } of units) {
    item.fulfilled += quantity;
    const whose = { fulfillmentId: parcel.id, orderItemId: item.id, organizationId, userId };
    work.em.create(FulfillmentItem, { id: work.newId(), ...whose, quantity });
  }
  advanceOrder(work, taken, [part]);
  await publishParcel(work, 'order.fulfilled', taken, parcel, units);
  return parcel.id;
}
