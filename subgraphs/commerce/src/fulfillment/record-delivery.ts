import type { CommerceWork } from '../context.ts';
import { advanceOrder } from '../order/advance-order.ts';
import { partOf } from '../order/take-order.ts';
import type { Fulfillment } from './fulfillment.entity.ts';
import type { RecordDeliveryInput } from './fulfillment.inputs.ts';
import { publishParcel } from './publish-parcel.ts';
import { withOwnParcel } from './take-own-parcel.ts';

/** Notes that a parcel has arrived: from now on what is in it can be sent back. @throws `ILLEGAL_TRANSITION` */
export function recordDelivery(work: CommerceWork, { fulfillmentId }: RecordDeliveryInput): Promise<Fulfillment> {
  return withOwnParcel(work, fulfillmentId, async ({ taken, parcel, units }) => {
    parcel.deliver(work.now());
    for (const { item, quantity } of units) item.delivered += quantity;
    advanceOrder(work, taken, [partOf(taken, parcel.shopOrderId).part]);
    await publishParcel(work, 'order.delivered', taken, parcel, units);
  });
}
