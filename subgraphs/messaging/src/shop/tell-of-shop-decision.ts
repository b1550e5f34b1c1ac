import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { tellShops } from './tell-shops.ts';

const TYPES = {
  'shop.approved': NotificationType.SHOP_APPROVED,
  'shop.rejected': NotificationType.SHOP_REJECTED,
  'shop.suspended': NotificationType.SHOP_SUSPENDED,
  'shop.reinstated': NotificationType.SHOP_REINSTATED,
} as const;

type Decision = keyof typeof TYPES;

/** Tells a shop's people what staff decided about it. */
export async function tellOfShopDecision<Name extends Decision>(
  work: MessagingWork,
  event: Heard<Name>,
): Promise<void> {
  const { shopId, organizationId, name, ...said }: Heard<Decision>['data'] = event.data;
  await tellShops(work, event, [
    {
      part: shopId,
      organizationId,
      type: TYPES[event.name],
      variables: { shopName: name, ...('reason' in said && { reason: said.reason }) },
      link: `/shops/${shopId}`,
      subject: { type: SubjectType.SHOP, id: shopId },
      data: { shopId },
    },
  ]);
}
