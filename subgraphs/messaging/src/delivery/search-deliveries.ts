import { findPage, isIdentifier, type Page, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import type { NotificationDeliveryArguments } from './delivery.inputs.ts';
import { mayOperateDeliveries } from './delivery.policy.ts';
import { NotificationDelivery } from './notification-delivery.entity.ts';

/** No row has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** All deliveries, newest first, for operators. */
export async function searchDeliveries(
  work: MessagingWork,
  { filter, ...args }: NotificationDeliveryArguments,
): Promise<Page<NotificationDelivery>> {
  permit(work.session, mayOperateDeliveries(work.session));
  const userId = filter?.userId;
  const where = {
    ...(filter?.status && { status: filter.status }),
    ...(filter?.channel && { channel: filter.channel }),
    ...(userId && { userId: isIdentifier(userId) ? userId : NOBODY }),
  };
  return pageAsSystem(() => findPage(work.em, NotificationDelivery, { where, orderBy: { createdAt: 'desc' }, args }));
}
