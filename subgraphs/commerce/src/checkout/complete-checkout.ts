import { setTimeout as pause } from 'node:timers/promises';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { OrderState } from '../order/order-state.ts';
import type { Order } from '../order/order.entity.ts';
import { authorizePayment } from '../payment/authorize-payment.ts';
import { PaymentState } from '../payment/payment-state.ts';
import { Payment } from '../payment/payment.entity.ts';
import { beginOrder } from './begin-order.ts';
import type { CheckoutInput } from './checkout.inputs.ts';
import {
  CartNotReady,
  CheckoutCompleted,
  CheckoutFailed,
  CheckoutPending,
  OutOfStock,
  PriceChanged,
} from './checkout.results.ts';
import { settleOrder } from './settle-order.ts';

type Outcome = CheckoutCompleted | CheckoutPending | CheckoutFailed | CartNotReady | PriceChanged | OutOfStock;

const LOOK_EVERY_MS = 50;

/**
 * Buys what is in the caller's cart: holds it, has the bank reserve the money, and places the order. Each of these is
 * committed before the next begins, so a process that dies leaves an order that the next one goes on with.
 */
export async function completeCheckout(work: CommerceWork, input: CheckoutInput): Promise<Outcome> {
  const begun = await beginOrder(work, input);
  switch (begun.kind) {
    case 'NOT_READY':
      return Object.assign(new CartNotReady(), { cart: begun.cart, problems: begun.problems });
    case 'PRICE_CHANGED':
      return Object.assign(new PriceChanged(), { cart: begun.cart });
    case 'SHORT':
      return Object.assign(new OutOfStock(), { cart: begun.cart, items: begun.items });
    case 'ORDER':
      return pay(work, begun.orderId);
  }
}

async function pay(work: CommerceWork, orderId: string): Promise<Outcome> {
  // What was begun is on its own from here: a bank is not asked in the middle of a transaction.
  work.em.clear();
  const deadline = performance.now() + work.services.checkoutPatienceMs;
  for (;;) {
    let order = await settleOrder(work, { orderId });
    if (order.state !== OrderState.PENDING_PAYMENT) return decided(order);
    const payment = await authorizePayment(work, { paymentId: order.paymentId! });
    order = await settleOrder(work, { orderId });
    if (order.state !== OrderState.PENDING_PAYMENT) return decided(order);
    const isBusy = payment.state === PaymentState.CREATED && !payment.nextAction && payment.isClaimed(work.now());
    if (!isBusy || performance.now() > deadline) return pending(work, order);
    await pause(LOOK_EVERY_MS);
    work.em.clear();
  }
}

function decided(order: Order): Outcome {
  // What was bought and cancelled later was bought all the same.
  if (!order.placedAt) {
    return Object.assign(new CheckoutFailed(), { order, reason: order.stateReason ?? '' });
  }
  return Object.assign(new CheckoutCompleted(), { order });
}

async function pending(work: CommerceWork, order: Order): Promise<Outcome> {
  const payment = await asSystem(work, () => work.em.findOne(Payment, { id: order.paymentId! }, { refresh: true }));
  return Object.assign(new CheckoutPending(), { order, payment });
}
