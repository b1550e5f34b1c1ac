import type { Session } from '@supergraph/subgraph-kit';
import { maySeeShopInside } from '../shop/shop.policy.ts';
import type { Product } from './product.entity.ts';

type Owned = Pick<Product, 'organizationId'>;

/** Drafts, what is archived, and what of a product cannot be bought any more. */
export function maySeeProductInside(session: Session, product: Owned): boolean {
  return maySeeShopInside(session, product);
}

/** What is listed is in everybody's sight. */
export function maySeeProduct(session: Session, product: Owned & Pick<Product, 'listed'>): boolean {
  return product.listed || maySeeProductInside(session, product);
}
