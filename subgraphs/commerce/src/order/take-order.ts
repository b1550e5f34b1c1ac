import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { mayChangeShop, mayWriteCommerce } from '../shop/shop.policy.ts';
import { OrderItem } from './order-item.entity.ts';
import { Order } from './order.entity.ts';
import { ShopOrder } from './shop-order.entity.ts';

/** An order with all that is in it, which nobody else can change before the transaction ends. */
export interface TakenOrder {
  readonly order: Order;
  readonly parts: readonly ShopOrder[];
  readonly items: readonly OrderItem[];
}

/**
 * Locks an order, and reads what is in it after that: whatever happens to a part of it has the order's lock first. As the
 * system, and before a payment or stock is locked.
 */
export async function takeOrder(work: CommerceWork, id: string): Promise<TakenOrder> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const order = await work.em.findOne(Order, { id }, lock);
  if (!order) throw notFound('Order');
  const parts = await work.em.find(ShopOrder, { orderId: id }, { refresh: true, orderBy: { number: 'asc' } });
  const items = await work.em.find(OrderItem, { orderId: id }, { refresh: true, orderBy: { id: 'asc' } });
  return { order, parts, items };
}

/** One part of it and what is in that. */
export function partOf({ parts, items }: TakenOrder, shopOrderId: string): { part: ShopOrder; items: OrderItem[] } {
  const part = parts.find(({ id }) => id === shopOrderId);
  if (!part) throw notFound('ShopOrder');
  return { part, items: items.filter((item) => item.shopOrderId === shopOrderId) };
}

/** What was bought of a shop of the caller's, in whatever state the shop is: it owes that. Another's is `NOT_FOUND`. */
export async function findOwnShopOrder(work: CommerceWork, id: string): Promise<ShopOrder> {
  permit(work.session, mayWriteCommerce(work.session));
  const part = await work.em.findOne(ShopOrder, { id: parseId('ShopOrder', id) });
  if (!part || !mayChangeShop(work.session, part)) throw notFound('ShopOrder');
  return part;
}
