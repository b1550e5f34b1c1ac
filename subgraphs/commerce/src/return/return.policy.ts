import type { Session } from '@supergraph/subgraph-kit';
import { maySeeShopOrder } from '../order/order.policy.ts';
import type { ReturnRequest } from './return-request.entity.ts';

/** Whoever sees what was ordered sees what is sent back of it. */
export function maySeeReturn(session: Session, request: Pick<ReturnRequest, 'userId' | 'organizationId'>): boolean {
  return maySeeShopOrder(session, request);
}
