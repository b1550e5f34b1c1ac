import type { CommerceWork } from '../context.ts';
import { advanceOrder } from '../order/advance-order.ts';
import { partOf } from '../order/take-order.ts';
import type { Fulfillment } from './fulfillment.entity.ts';
import type { UndoFulfillmentInput } from './fulfillment.inputs.ts';
import { withOwnParcel } from './take-own-parcel.ts';

/**
 * Takes a parcel back that was noted by mistake: what is in it is still to be sent. The only step that takes an order back.
 *
 * @throws `ILLEGAL_TRANSITION` once it has arrived
 */
export function undoFulfillment(work: CommerceWork, input: UndoFulfillmentInput): Promise<Fulfillment> {
  return withOwnParcel(work, input.fulfillmentId, ({ taken, parcel, units }) => {
    parcel.undo(work.now());
    for (const { item, quantity } of units) item.fulfilled -= quantity;
    advanceOrder(work, taken, [partOf(taken, parcel.shopOrderId).part], input.reason.trim());
  });
}
