import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import { Shop } from './shop.entity.ts';
import { mayChangeShop, maySeeShop, mayWriteCommerce } from './shop.policy.ts';

/** A shop, locked until the transaction ends. @throws `NOT_FOUND` when the caller may not see it */
export async function takeShop(work: CommerceWork, id: string): Promise<Shop> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const shop = await work.em.findOne(Shop, { id: parseId('Shop', id) }, lock);
  if (!shop || !maySeeShop(work.session, shop)) throw notFound('Shop');
  return shop;
}

/**
 * Likewise, for those who may change it. Another organization's is `NOT_FOUND`, an open one too: the database locks rows only
 * for those who may write them.
 */
export async function takeOwnShop(work: CommerceWork, id: string): Promise<Shop> {
  permit(work.session, mayWriteCommerce(work.session));
  const shop = await takeShop(work, id);
  permit(work.session, mayChangeShop(work.session, shop));
  return shop;
}

/** Announces what happened to a shop, in its organization's name whoever caused it. */
export function publishShop<
  Name extends 'shop.registered' | 'shop.approved' | 'shop.updated' | 'shop.reinstated' | 'shop.closed',
>(work: CommerceWork, name: Name, shop: Shop): void {
  work.publish(name, namedShop(shop) as CommerceEvents[Name], { organizationId: shop.organizationId });
}

/** How events name a shop. */
export function namedShop({ id, organizationId, ownerId, name }: Shop) {
  return { shopId: id, organizationId, ownerId, name };
}
