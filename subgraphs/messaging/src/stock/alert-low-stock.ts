import type { CommerceEvents } from '@supergraph/commerce/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { findShopPeople } from '../shop/find-shop-people.ts';

type Fallen = EventEnvelope<'inventory.low', CommerceEvents['inventory.low']>;

/**
 * Tells those who can do something about it that little is left of a variant. Once a day: buyers who put the last one into
 * their cart and out again make it low each time.
 */
export async function alertLowStock(work: MessagingWork, { data, occurredAt }: Fallen): Promise<void> {
  const { organizationId, variantId, shopId, productId, productTitle, sku, available } = data;
  const members = (await findShopPeople(work.em, [organizationId])).get(organizationId);
  if (!members) return;
  const day = occurredAt.toISOString().slice(0, 10);
  await notifyRecipients(work, members, {
    type: NotificationType.LOW_STOCK,
    organizationId,
    variables: { productName: productTitle, sku, remaining: available },
    cause: `low-stock:${variantId}:${day}`,
    link: `/shops/${shopId}/stock`,
    subject: { type: SubjectType.PRODUCT, id: productId },
    data: { variantId, shopId },
  });
}
