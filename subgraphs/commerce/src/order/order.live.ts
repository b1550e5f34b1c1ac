import type { CommerceWork } from '../context.ts';
import type { Order } from './order.entity.ts';

/** Says that an order changed; the reader loads it, so that a hint shows nobody anything. */
export interface OrderHint {
  readonly id: string;
}

export const ordersOfUserChannel = (userId: string) => `orders-of-user:${userId}`;

export const ordersOfShopChannel = (shopId: string) => `orders-of-shop:${shopId}`;

/** Tells the buyer's and the shops' open clients, once the transaction is committed. */
export function announceOrder(
  work: CommerceWork,
  { id, userId }: Order,
  parts: readonly { readonly id: string; readonly shopId: string }[],
): void {
  if (userId) work.afterCommit(() => work.live.publish(ordersOfUserChannel(userId), { id } satisfies OrderHint));
  for (const part of parts) {
    work.afterCommit(() => work.live.publish(ordersOfShopChannel(part.shopId), { id: part.id } satisfies OrderHint));
  }
}
