import { isIdentifier, notFound, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { RetryNotificationDeliveryInput } from './delivery.inputs.ts';
import { mayOperateDeliveries } from './delivery.policy.ts';
import { NotificationDelivery } from './notification-delivery.entity.ts';
import { scheduleDelivery } from './queue-delivery.ts';

/** Tries a failed delivery again, with all attempts anew. For operators who have removed what was in its way. */
export async function retryDelivery(
  work: MessagingWork,
  { id }: RetryNotificationDeliveryInput,
): Promise<NotificationDelivery> {
  permit(work.session, mayOperateDeliveries(work.session));
  return asSystem(work, async () => {
    const delivery = isIdentifier(id) ? await work.em.findOne(NotificationDelivery, { id }) : null;
    if (!delivery) throw notFound('Delivery');
    delivery.requeue(work.now());
    scheduleDelivery(work, delivery);
    return delivery;
  });
}
