import type { Session } from '@supergraph/subgraph-kit';
import { mayDecideAboutShops, mayListShopsOf, mayWriteCommerce } from '../shop/shop.policy.ts';
import type { Promotion } from './promotion.entity.ts';

/** Those of the platform are for staff. */
export function mayReadPromotion(session: Session, { organizationId }: Pick<Promotion, 'organizationId'>): boolean {
  return organizationId ? mayListShopsOf(session, organizationId) : mayDecideAboutShops(session);
}

export function mayWritePromotion(session: Session, { organizationId }: Pick<Promotion, 'organizationId'>): boolean {
  if (!organizationId) return mayDecideAboutShops(session);
  return session.isSystem || (session.organizationId === organizationId && mayWriteCommerce(session));
}
