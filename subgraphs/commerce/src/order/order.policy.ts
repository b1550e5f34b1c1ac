import type { Session } from '@supergraph/subgraph-kit';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import type { Order } from './order.entity.ts';
import type { ShopOrder } from './shop-order.entity.ts';

export function maySeeOrder(session: Session, { userId }: Pick<Order, 'userId'>): boolean {
  return session.isSystem || Boolean(userId && session.is(userId));
}

/** Its buyer, and the people of the shop who may read its orders. */
export function maySeeShopOrder(session: Session, order: Pick<ShopOrder, 'userId' | 'organizationId'>): boolean {
  return maySeeOrder(session, order) || mayListShopsOf(session, order.organizationId);
}
