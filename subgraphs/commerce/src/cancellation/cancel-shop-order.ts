import { idempotent, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { chooseUnits } from '../order/choose-units.ts';
import { OrderState } from '../order/order-state.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { findOwnShopOrder, partOf, takeOrder } from '../order/take-order.ts';
import { mayMoveMoney } from '../payment/payment.policy.ts';
import type { CancelShopOrderInput } from './cancellation.inputs.ts';
import { cancelUnits } from './cancel-units.ts';

/** A shop cancels what it did not send of its part of an order, or some of it. Fails like `cancelOrder`. */
export async function cancelShopOrder(work: CommerceWork, input: CancelShopOrderInput): Promise<ShopOrder> {
  permit(work.session, mayMoveMoney(work.session));
  const { id, orderId } = await findOwnShopOrder(work, input.shopOrderId);
  const { idempotencyKey: key, ...rest } = input;
  return asSystem(work, async () => {
    await idempotent(work, { operation: 'cancelShopOrder', key, input: rest }, async () => {
      const taken = await takeOrder(work, orderId);
      taken.order.requirePlaced(OrderState.CANCELLED);
      const units = chooseUnits(partOf(taken, id).items, input.items, ({ unsent }) => unsent, 'cancelled');
      await cancelUnits(work, taken, units, input.reason.trim());
      return id;
    });
    return work.em.findOneOrFail(ShopOrder, { id });
  });
}
