import type { Session } from '@supergraph/subgraph-kit';
import type { Shop } from './shop.entity.ts';

export const READ_COMMERCE = 'commerce:read';
export const WRITE_COMMERCE = 'commerce:write';
/** Platform staff: let shops in, stop them, and see those that are not open. */
export const DECIDE_SHOPS = 'commerce:shops.decide';

type Owned = Pick<Shop, 'organizationId'>;

export function mayWriteCommerce(session: Session): boolean {
  return session.can(WRITE_COMMERCE);
}

/** Permissions are those of the organization a token was issued for, so they count in that one only. */
export function mayChangeShop(session: Session, shop: Owned): boolean {
  return session.isSystem || (session.organizationId === shop.organizationId && mayWriteCommerce(session));
}

export function mayListShopsOf(session: Session, organizationId: string): boolean {
  return session.isSystem || (session.organizationId === organizationId && session.can(READ_COMMERCE));
}

/** A machine is never staff. */
export function mayDecideAboutShops(session: Session): boolean {
  return session.isSystem || (session.can(DECIDE_SHOPS) && !session.isMachine);
}

/** An open shop is in everybody's sight. */
export function maySeeShop(session: Session, shop: Owned & Pick<Shop, 'isOpen'>): boolean {
  return shop.isOpen || maySeeShopInside(session, shop);
}

/** What is between a shop and the platform: its share, its verification, why it is suspended. */
export function maySeeShopInside(session: Session, { organizationId }: Owned): boolean {
  return mayListShopsOf(session, organizationId) || mayDecideAboutShops(session);
}
