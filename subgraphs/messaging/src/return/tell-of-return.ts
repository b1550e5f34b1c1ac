import type { Heard, Returned } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { namesOf } from '../order/ordered-items.ts';
import { tellBuyer } from '../order/tell-buyer.ts';
import { tellShops } from '../shop/tell-shops.ts';

/** Tells the shop that somebody wants to send something back. */
export async function tellShopOfReturn(work: MessagingWork, event: Heard<'return.requested'>): Promise<void> {
  const { returnId, shopOrderId, shopOrderNumber, shopId, organizationId, reason, items } = event.data;
  await tellShops(work, event, [
    {
      part: shopOrderId,
      organizationId,
      type: NotificationType.RETURN_REQUESTED,
      variables: { orderNumber: shopOrderNumber, reason: reason || null, items: namesOf(items) },
      link: `/shops/${shopId}/orders/${shopOrderId}`,
      subject: { type: SubjectType.SHOP_ORDER, id: shopOrderId },
      data: { shopId, shopOrderId, returnId },
    },
  ]);
}

export function tellOfApprovedReturn(work: MessagingWork, event: Heard<'return.approved'>): Promise<void> {
  return tellBuyerOfReturn(work, event, NotificationType.RETURN_APPROVED, {});
}

export function tellOfDeclinedReturn(work: MessagingWork, event: Heard<'return.declined'>): Promise<void> {
  return tellBuyerOfReturn(work, event, NotificationType.RETURN_DECLINED, { reason: event.data.reason || null });
}

export function tellOfReceivedReturn(work: MessagingWork, event: Heard<'return.received'>): Promise<void> {
  const { refunded, currency } = event.data;
  const refund = refunded ? { amount: refunded, currency } : null;
  return tellBuyerOfReturn(work, event, NotificationType.RETURN_RECEIVED, { refund });
}

async function tellBuyerOfReturn(
  work: MessagingWork,
  event: Heard<'return.approved' | 'return.declined' | 'return.received'>,
  type: NotificationType.RETURN_APPROVED | NotificationType.RETURN_DECLINED | NotificationType.RETURN_RECEIVED,
  details: object,
): Promise<void> {
  const { orderId, number, shopName, returnId, items }: Returned = event.data;
  await tellBuyer(work, event, event.data, {
    type,
    variables: { orderNumber: number, shopName, items: namesOf(items), ...details },
    link: `/orders/${orderId}`,
    subject: { type: SubjectType.ORDER, id: orderId },
    data: { orderId, returnId },
  });
}
