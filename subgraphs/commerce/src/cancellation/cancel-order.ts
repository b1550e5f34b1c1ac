import { idempotent, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { chooseUnits } from '../order/choose-units.ts';
import { findOrder } from '../order/find-order.ts';
import { OrderState } from '../order/order-state.ts';
import { Order } from '../order/order.entity.ts';
import { takeOrder } from '../order/take-order.ts';
import type { CancelOrderInput } from './cancellation.inputs.ts';
import { cancelUnits } from './cancel-units.ts';

/**
 * A buyer, or a guest with the token, cancels what was not sent of an order, or some of it.
 *
 * @throws `CONFLICT` for what was sent or cancelled meanwhile, `ILLEGAL_TRANSITION` for an order that was not placed,
 *   `IDEMPOTENCY_CONFLICT`
 */
export async function cancelOrder(work: CommerceWork, input: CancelOrderInput): Promise<Order> {
  const { idempotencyKey: key, token, orderId, ...rest } = input;
  const found = await findOrder(work, { id: orderId, token });
  if (!found) throw notFound('Order');
  const owner = found.userId ? undefined : `guest ${found.tokenHash}`;
  const { id } = found;
  return asSystem(work, async () => {
    await idempotent(work, { operation: 'cancelOrder', key, input: { id, ...rest }, owner }, async () => {
      const taken = await takeOrder(work, id);
      taken.order.requirePlaced(OrderState.CANCELLED);
      const units = chooseUnits(taken.items, input.items, ({ unsent }) => unsent, 'cancelled');
      await cancelUnits(work, taken, units, input.reason?.trim() ?? 'Cancelled by the buyer.');
      return id;
    });
    return work.em.findOneOrFail(Order, { id });
  });
}
