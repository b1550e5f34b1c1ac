import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { tellShops } from '../shop/tell-shops.ts';
import { namesOf } from './ordered-items.ts';
import { tellBuyer } from './tell-buyer.ts';

const REMEMBER = `
insert into order_buyer (order_id, number, user_id, email, placed_at) values (?, ?, ?, ?, ?) on conflict do nothing`;

/** Tells the buyer that it is bought, and keeps in mind whom to tell what comes of it. */
export async function tellBuyerOfPlacedOrder(work: MessagingWork, event: Heard<'order.placed'>): Promise<void> {
  const { orderId, number, userId, email, currency, total, shopOrders } = event.data;
  const address = userId ? null : email;
  await work.em.execute(REMEMBER, [orderId, number, userId, address, event.occurredAt], 'run');
  await tellBuyer(work, event, event.data, {
    type: NotificationType.ORDER_PLACED,
    variables: {
      orderNumber: number,
      total: { amount: total, currency },
      items: namesOf(shopOrders.flatMap(({ items }) => items)),
    },
    link: `/orders/${orderId}`,
    subject: { type: SubjectType.ORDER, id: orderId },
    data: { orderId },
  });
}

/** Tells each shop what it has to send. */
export async function tellShopsOfPlacedOrder(work: MessagingWork, event: Heard<'order.placed'>): Promise<void> {
  const { currency, shopOrders } = event.data;
  await tellShops(
    work,
    event,
    shopOrders.map(({ shopOrderId, number, shopId, organizationId, total, items }) => ({
      part: shopOrderId,
      organizationId,
      type: NotificationType.SHOP_ORDER_PLACED,
      variables: { orderNumber: number, total: { amount: total, currency }, items: namesOf(items) },
      link: `/shops/${shopId}/orders/${shopOrderId}`,
      subject: { type: SubjectType.SHOP_ORDER, id: shopOrderId },
      data: { shopId, shopOrderId },
    })),
  );
}
