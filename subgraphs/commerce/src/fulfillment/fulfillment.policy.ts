import type { Session } from '@supergraph/subgraph-kit';
import { maySeeShopOrder } from '../order/order.policy.ts';
import type { Fulfillment } from './fulfillment.entity.ts';

/** Whoever sees what was ordered sees what was sent of it. */
export function maySeeFulfillment(session: Session, parcel: Pick<Fulfillment, 'userId' | 'organizationId'>): boolean {
  return maySeeShopOrder(session, parcel);
}
