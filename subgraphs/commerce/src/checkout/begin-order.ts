import {
  conflict,
  hashToken,
  idempotent,
  notFound,
  Session,
  type StorableResult,
  withRowScope,
} from '@supergraph/subgraph-kit';
import type { Cart } from '../cart/cart.entity.ts';
import { readOffers } from '../cart/cart.offers.ts';
import { readPromotions } from '../cart/cart.promotions.ts';
import { type CartProblem, CartProblemKind, type CartSummary } from '../cart/cart.types.ts';
import { summarizeCart } from '../cart/summarize-cart.ts';
import { lockCart } from '../cart/take-cart.ts';
import type { CommerceWork } from '../context.ts';
import { reserveStock, type Shortage } from '../inventory/reserve-stock.ts';
import { OrderState } from '../order/order-state.ts';
import { Order } from '../order/order.entity.ts';
import { createPayment } from '../payment/create-payment.ts';
import type { CheckoutInput } from './checkout.inputs.ts';
import { writeOrder } from './write-order.ts';

/** How long what was bought is held until it is paid. */
export const PAYMENT_MINUTES = 15;

/** What came of the attempt to begin: an order, or why there is none. */
export type Beginning =
  | { readonly kind: 'ORDER'; readonly orderId: string }
  | { readonly kind: 'NOT_READY'; readonly cart: Cart; readonly problems: readonly CartProblem[] }
  | { readonly kind: 'PRICE_CHANGED'; readonly cart: Cart }
  | { readonly kind: 'SHORT'; readonly cart: Cart; readonly items: readonly Shortage[] };

/** Undoes what was begun, so that the key is free for another attempt. */
class NothingBegun extends Error {
  constructor(readonly beginning: Exclude<Beginning, { kind: 'ORDER' }>) {
    super(beginning.kind);
  }
}

/**
 * The first step of buying a cart, in one transaction: what is in it is held, the order written at the prices the buyer has
 * seen, and its payment made ready. Asked again under the same key it is the same order.
 *
 * @throws `NOT_FOUND` without a cart, `CONFLICT` for an empty one and for one that is being bought under another key,
 *   `IDEMPOTENCY_CONFLICT`
 */
export async function beginOrder(work: CommerceWork, input: CheckoutInput): Promise<Beginning> {
  const { idempotencyKey: key, token, ...rest } = input;
  const isPerson = work.session.kind === 'user' && Boolean(work.session.requirePerson());
  if (!isPerson && !token) throw notFound('Cart');
  const owner = isPerson ? undefined : `guest ${hashToken(token!)}`;
  try {
    const orderId = await withRowScope(Session.system(), () =>
      idempotent<StorableResult>(work, { operation: 'checkout', key, input: rest, owner }, () => begin(work, input)),
    );
    return { kind: 'ORDER', orderId: orderId as string };
  } catch (error) {
    if (error instanceof NothingBegun) return error.beginning;
    throw error;
  }
}

const HOLD_SHOPS = `
select id from shop where id in (select shop_id from cart_item where cart_id = ?) order by id for share`;

async function begin(work: CommerceWork, input: CheckoutInput): Promise<string> {
  const cart = await lockCart(work, input.token);
  if (!cart) throw notFound('Cart');
  const open = { $nin: [OrderState.CANCELLED, OrderState.EXPIRED] };
  if ((await work.em.count(Order, { cartId: cart.id, state: open })) > 0) {
    throw conflict('This cart is being bought already.');
  }
  // Nobody stops a shop between the look at it and the order.
  await work.em.execute(HOLD_SHOPS, [cart.id]);
  const offers = await readOffers(work.em, [cart.id]);
  if (offers.length === 0) throw conflict('The cart is empty.');
  const promotions = (await readPromotions(work.em, [cart.id])).get(cart.id) ?? [];
  const summary = summarizeCart(offers, promotions, work.now());
  check(cart, summary, input);
  const orderId = work.newId();
  const expiresAt = new Date(work.now().getTime() + PAYMENT_MINUTES * 60_000);
  const reserved = await reserveStock(work, { owner: { kind: 'ORDER', id: orderId }, lines: offers, expiresAt });
  if (reserved.outcome === 'SHORT') throw new NothingBegun({ kind: 'SHORT', cart, items: reserved.shortages });
  const counting = promotions.filter((_, index) => summary.promotions[index]!.counts);
  const { order, allocations } = await writeOrder(work, {
    ...{ id: orderId, cart, offers, promotions: counting, paymentDueAt: expiresAt },
    ...{ email: input.email, shippingAddress: input.shippingAddress },
  });
  if (order.total > 0) {
    const { userId = null, total: amount, currency } = order;
    const payment = await createPayment(work, {
      orderId,
      userId,
      amount,
      currency,
      allocations,
      method: input.paymentMethod,
    });
    order.paymentId = payment.id;
  }
  return orderId;
}

function check(cart: Cart, { problems, totals }: CartSummary, { expectedTotal }: CheckoutInput): void {
  // What there is of it is found out when it is held: looked at before, it may be gone by then.
  const inTheWay = problems.filter(({ kind }) => kind !== CartProblemKind.NOT_ENOUGH_STOCK);
  if (inTheWay.some(({ kind }) => kind !== CartProblemKind.PRICE_CHANGED)) {
    throw new NothingBegun({ kind: 'NOT_READY', cart, problems: inTheWay });
  }
  if (inTheWay.length > 0 || !totals!.total.equals(expectedTotal.toMoney())) {
    throw new NothingBegun({ kind: 'PRICE_CHANGED', cart });
  }
}
