import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { tellShops } from '../shop/tell-shops.ts';
import { namesOf } from './ordered-items.ts';
import { tellBuyer } from './tell-buyer.ts';

/** Tells the buyer what was cancelled, in whole or in part, and what they get back. */
export async function tellBuyerOfCancelledOrder(work: MessagingWork, event: Heard<'order.cancelled'>): Promise<void> {
  const { orderId, number, currency, refunded, reason, shopOrders } = event.data;
  await tellBuyer(work, event, event.data, {
    type: NotificationType.ORDER_CANCELLED,
    variables: {
      orderNumber: number,
      reason: reason || null,
      refund: refunded > 0 ? { amount: refunded, currency } : null,
      items: namesOf(shopOrders.flatMap(({ items }) => items)),
    },
    link: `/orders/${orderId}`,
    subject: { type: SubjectType.ORDER, id: orderId },
    data: { orderId },
  });
}

/** Tells each shop what it no longer has to send. */
export async function tellShopsOfCancelledOrder(work: MessagingWork, event: Heard<'order.cancelled'>): Promise<void> {
  const { reason, shopOrders } = event.data;
  await tellShops(
    work,
    event,
    shopOrders.map(({ shopOrderId, number, shopId, organizationId, items }) => ({
      part: shopOrderId,
      organizationId,
      type: NotificationType.SHOP_ORDER_CANCELLED,
      variables: { orderNumber: number, reason: reason || null, items: namesOf(items) },
      link: `/shops/${shopId}/orders/${shopOrderId}`,
      subject: { type: SubjectType.SHOP_ORDER, id: shopOrderId },
      data: { shopId, shopOrderId },
    })),
  );
}
