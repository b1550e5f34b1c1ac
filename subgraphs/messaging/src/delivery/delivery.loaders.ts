import { loadOne } from '@supergraph/subgraph-kit';
import type { MessagingReader } from '../context.ts';
import { NotificationDelivery } from './notification-delivery.entity.ts';

export function createDeliveryLoaders({ em }: MessagingReader) {
  return { deliveryById: loadOne(em, NotificationDelivery) };
}
