import type { Session } from '@supergraph/subgraph-kit';
import { mayChangeShop, mayListShopsOf } from '../shop/shop.policy.ts';

interface Owned {
  readonly organizationId: string;
}

/** Exact numbers are for the shop's own people. */
export function maySeeStock(session: Session, { organizationId }: Owned): boolean {
  return mayListShopsOf(session, organizationId);
}

export function mayChangeStock(session: Session, owned: Owned): boolean {
  return mayChangeShop(session, owned);
}
