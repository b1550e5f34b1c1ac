import { LockMode } from '@mikro-orm/postgresql';
import { notFound } from '@supergraph/subgraph-kit';
import { Cart, CartState } from '../cart/cart.entity.ts';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { commitReservations } from '../inventory/commit-reservations.ts';
import { reacquireReservations } from '../inventory/reacquire-reservations.ts';
import { releaseReservations } from '../inventory/release-reservations.ts';
import { noteStep } from '../order/note-step.ts';
import { OrderItem } from '../order/order-item.entity.ts';
import { OrderState } from '../order/order-state.ts';
import { announceOrder } from '../order/order.live.ts';
import { Order } from '../order/order.entity.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { PaymentState, PendingStep } from '../payment/payment-state.ts';
import type { Payment } from '../payment/payment.entity.ts';
import { takePayment } from '../payment/take-payment.ts';

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;

const GIVE_PROMOTIONS_BACK = `
update promotion set used_count = used_count - 1, updated_at = ?
where id in (select id from promotion where id = any(?::uuid[]) order by id for update)`;

/**
 * The last step of buying: once it is decided whether an order is paid, it is placed or comes to nothing, and what was held
 * for it is sold or given back, all in one transaction.
 *
 * May be called at any time and any number of times: by whoever buys, by the event of the payment, by the job that looks for
 * what was not paid in time. Whoever dies before the commit has changed nothing.
 */
export async function settleOrder(work: CommerceWork, { orderId }: { orderId: string }): Promise<Order> {
  return asSystem(work, async () => {
    const order = await work.em.findOne(Order, { id: orderId }, LOCKED);
    if (!order) throw notFound('Order');
    if (order.state !== OrderState.PENDING_PAYMENT) return order;
    // Always in this order: whoever begins an order has the cart before the stock.
    const cart = await work.em.findOneOrFail(Cart, { id: order.cartId }, LOCKED);
    const payment = order.paymentId ? await takePayment(work, order.paymentId) : undefined;
    if (payment && !payment.isGivenUp && payment.state === PaymentState.CREATED) return order;
    if (payment?.isGivenUp) await giveUp(work, order, payment.failureReason ?? 'It was not paid in time.');
    else if (await sell(work, order)) await place(work, order, cart, payment);
    else {
      // Its time was over, and others have bought it meanwhile: what the bank reserved is let go.
      payment?.want(PendingStep.VOID, work.now());
      await giveUp(work, order, 'Something was sold out before it was paid.');
    }
    return order;
  });
}

/** Sells what is held, and what is not held any more as far as it can still be had. All of it, or nothing. */
async function sell(work: CommerceWork, order: Order): Promise<boolean> {
  const owner = { kind: 'ORDER', id: order.id } as const;
  if ((await commitReservations(work, owner)).outcome === 'COMMITTED') return true;
  const again = await reacquireReservations(work, owner, new Date(work.now().getTime() + 60_000));
  if (again.outcome !== 'RESERVED') return false;
  return (await commitReservations(work, owner)).outcome === 'COMMITTED';
}

async function place(work: CommerceWork, order: Order, cart: Cart, payment: Payment | undefined): Promise<void> {
  const now = work.now();
  order.place(now);
  noteStep(work, order);
  const parts = await takeParts(work, order);
  for (const part of parts) {
    Object.assign(part, { state: OrderState.PLACED, placedAt: now, updatedAt: now });
    noteStep(work, order, part);
  }
  cart.state = CartState.ORDERED;
  if (payment?.state === PaymentState.AUTHORIZED) {
    // From here on nobody gives the payment up any more.
    payment.want(PendingStep.CAPTURE, now);
    work.schedule({ name: 'capture-payment', data: { paymentId: payment.id }, key: payment.id });
  }
  const items = await work.em.find(OrderItem, { orderId: order.id }, { orderBy: { id: 'asc' } });
  work.publish('order.placed', {
    ...{ orderId: order.id, number: order.number, userId: order.userId ?? null, email: order.email },
    ...{ currency: order.currency, total: order.total },
    shopOrders: parts.map(({ id, number, shopId, organizationId, total }) => ({
      ...{ shopOrderId: id, number, shopId, organizationId, total },
      items: items
        .filter(({ shopOrderId }) => shopOrderId === id)
        .map(({ productId, variantId, title, quantity }) => ({ productId, variantId, title, quantity })),
    })),
  });
  announceOrder(work, order, parts);
}

async function giveUp(work: CommerceWork, order: Order, reason: string): Promise<void> {
  const now = work.now();
  await releaseReservations(work, { kind: 'ORDER', id: order.id });
  const state = order.paymentDueAt <= now ? OrderState.EXPIRED : OrderState.CANCELLED;
  order.giveUp(state, reason, now);
  noteStep(work, order, undefined, reason);
  const parts = await takeParts(work, order);
  for (const part of parts) Object.assign(part, { state, updatedAt: now });
  await work.em.execute(GIVE_PROMOTIONS_BACK, [now, `{${order.promotionIds.join(',')}}`], 'run');
  work.publish('order.given_up', {
    orderId: order.id,
    number: order.number,
    userId: order.userId ?? null,
    state,
    reason,
  });
  announceOrder(work, order, []);
}

function takeParts(work: CommerceWork, order: Order): Promise<ShopOrder[]> {
  return work.em.find(ShopOrder, { orderId: order.id }, { ...LOCKED, orderBy: { number: 'asc' } });
}
