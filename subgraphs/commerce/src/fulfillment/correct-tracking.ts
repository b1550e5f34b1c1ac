import { checkVersion } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { announceOrder } from '../order/order.live.ts';
import { partOf } from '../order/take-order.ts';
import type { Fulfillment } from './fulfillment.entity.ts';
import type { CorrectTrackingInput } from './fulfillment.inputs.ts';
import { withOwnParcel } from './take-own-parcel.ts';

/** Says anew where a parcel can be followed. @throws `VERSION_CONFLICT`, and `ILLEGAL_TRANSITION` for one that was undone */
export function correctTracking(work: CommerceWork, input: CorrectTrackingInput): Promise<Fulfillment> {
  const { fulfillmentId, version, carrier, trackingNumber, trackingUrl } = input;
  return withOwnParcel(work, fulfillmentId, ({ taken, parcel }) => {
    checkVersion('Fulfillment', parcel, version);
    parcel.correctTracking({ carrier, trackingNumber, trackingUrl }, work.now());
    announceOrder(work, taken.order, [partOf(taken, parcel.shopOrderId).part]);
  });
}
