import { conflict } from '@supergraph/subgraph-kit';
import type { Cart } from '../cart/cart.entity.ts';
import type { Offer } from '../cart/cart.offers.ts';
import type { CommerceWork } from '../context.ts';
import { noteStep } from '../order/note-step.ts';
import { OrderItem } from '../order/order-item.entity.ts';
import { OrderState } from '../order/order-state.ts';
import { Order } from '../order/order.entity.ts';
import type { ShippingAddress } from '../order/shipping-address.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import type { Allocation } from '../payment/create-payment.ts';
import { share } from '../pricing/allocate.ts';
import { priceLines } from '../pricing/price-lines.ts';
import type { Promotion } from '../promotion/promotion.entity.ts';

export interface OrderDraft {
  readonly id: string;
  readonly cart: Cart;
  readonly offers: readonly Offer[];
  /** Those that count. */
  readonly promotions: readonly Promotion[];
  readonly paymentDueAt: Date;
  readonly email: string;
  readonly shippingAddress: ShippingAddress;
}

const NUMBER = `select nextval('order_number')::text as number`;

const USE_PROMOTIONS = `
update promotion set used_count = used_count + 1, updated_at = ?
where id in (select id from promotion where id = any(?::uuid[]) order by id for update)
  and (usage_limit is null or used_count < usage_limit)`;

/** Writes an order as it is bought: nothing that changes in a shop later changes it. @returns also whose the money will be */
export async function writeOrder(
  work: CommerceWork,
  { id, cart, offers, promotions, ...draft }: OrderDraft,
): Promise<{ order: Order; allocations: Allocation[] }> {
  await usePromotions(work, promotions);
  const terms = new Map(offers.map((offer) => [offer.shopId, offer]));
  const lines = offers.map((offer) => ({ ...offer, unitPrice: offer.price }));
  const discounts = promotions.map((promotion) => promotion.asDiscount());
  const { lines: priced, shops, ...totals } = priceLines(lines, terms, discounts);
  const [{ number }] = await work.em.execute<[{ number: string }]>(NUMBER);
  const now = work.now();
  const made = { state: OrderState.PENDING_PAYMENT, createdAt: now, updatedAt: now };
  const bought = { userId: cart.userId ?? null, currency: cart.currency! };
  const order = work.em.create(Order, {
    ...{ id, number, cartId: cart.id, tokenHash: cart.tokenHash ?? null },
    ...made,
    ...bought,
    ...pick(totals),
    ...draft,
    promotionIds: promotions.map((promotion) => promotion.id),
  });
  // In the order of their foreign keys, of which the ORM does not know.
  await work.em.flush();
  const allocations: Allocation[] = [];
  const parts = new Map<string, ShopOrder>();
  for (const [shopId, price] of shops) {
    const commission = commissionOf(terms.get(shopId)!, price);
    const part = work.em.create(ShopOrder, {
      ...{ id: work.newId(), orderId: id, number: `${number}-${parts.size + 1}`, shopId },
      ...{ organizationId: terms.get(shopId)!.organizationId, commission, returnDays: terms.get(shopId)!.returnDays },
      ...made,
      ...bought,
      ...pick(price),
    });
    parts.set(shopId, part);
    if (price.total > 0) allocations.push({ shopId, amount: price.total, commission, tax: price.tax });
  }
  await work.em.flush();
  for (const [index, offer] of offers.entries()) {
    const { id: shopOrderId, organizationId } = parts.get(offer.shopId)!;
    const { productId, variantId, sku, title, price: unitPrice, quantity } = offer;
    work.em.create(OrderItem, {
      ...{ id: work.newId(), orderId: id, shopOrderId, organizationId },
      ...{ productId, variantId, sku, title, unitPrice, quantity },
      ...bought,
      ...pick(priced[index]!),
    });
  }
  noteStep(work, order);
  await work.em.flush();
  return { order, allocations };
}

/** Of what the shop gets, which the tax is no part of. */
function commissionOf({ commissionRate }: Offer, { total, tax }: { total: number; tax: number }): number {
  return Number(share(BigInt(total - tax), BigInt(commissionRate), 10_000n));
}

const pick = ({ subtotal, discount, tax, total }: Record<'subtotal' | 'discount' | 'tax' | 'total', number>) => ({
  subtotal,
  discount,
  tax,
  total,
});

/** Two who use the last one at once: the second waits for the first, and is too late. */
async function usePromotions(work: CommerceWork, promotions: readonly Promotion[]): Promise<void> {
  if (promotions.length === 0) return;
  const ids = promotions.map(({ id }) => id);
  const { affectedRows } = await work.em.execute<{ affectedRows: number }>(
    USE_PROMOTIONS,
    [work.now(), `{${ids.join(',')}}`],
    'run',
  );
  if (affectedRows < ids.length) throw conflict('A promotion was used up just now. Look at the cart again.');
}
