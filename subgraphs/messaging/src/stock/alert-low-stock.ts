import type { CommerceEvents } from '@supergraph/commerce/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';

type Fallen = EventEnvelope<'inventory.low', CommerceEvents['inventory.low']>;

/** Roles that change stock, unless the platform's staff has taken that from them. */
const WHO_CAN_ACT = ['OWNER', 'ADMIN', 'MANAGER', 'AGENT'];

const MEMBERS = `
select r.user_id from recipient r join recipient_organization m on m.user_id = r.user_id
where m.organization_id = ? and m.member and m.role = any(?::text[]) and r.status = 'ACTIVE'
order by r.user_id`;

/**
 * Tells those who can do something about it that little is left of a variant. Once a day: buyers who put the last one into
 * their cart and out again make it low each time.
 */
export async function alertLowStock(work: MessagingWork, { data, occurredAt }: Fallen): Promise<void> {
  const { organizationId, variantId, shopId, productTitle, sku, available } = data;
  const members = await work.em.execute<{ user_id: string }[]>(MEMBERS, [organizationId, `{${WHO_CAN_ACT.join()}}`]);
  if (members.length === 0) return;
  const day = occurredAt.toISOString().slice(0, 10);
  await notifyRecipients(
    work,
    members.map((member) => member.user_id),
    {
      type: NotificationType.LOW_STOCK,
      organizationId,
      variables: { productName: productTitle, sku, remaining: available },
      cause: `low-stock:${variantId}:${day}`,
      link: `/shops/${shopId}/stock`,
      data: { variantId, shopId },
    },
  );
}
