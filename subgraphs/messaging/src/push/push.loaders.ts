import { loadMany, loadOne } from '@supergraph/subgraph-kit';
import type { MessagingReader } from '../context.ts';
import { PushSubscription } from './push-subscription.entity.ts';

export function createPushLoaders({ em }: MessagingReader) {
  return {
    pushSubscriptionById: loadOne(em, PushSubscription),
    pushSubscriptionsOfUser: loadMany(em, PushSubscription, { by: 'userId', orderBy: { createdAt: 'asc' } }),
  };
}
