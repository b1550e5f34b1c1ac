import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { tellBuyer } from './tell-buyer.ts';

/**
 * Tells a buyer with an account that what they wanted was not paid. No guest: anybody can name anybody's address and then
 * not pay, as often as they like.
 */
export async function tellOfGivenUpOrder(work: MessagingWork, event: Heard<'order.given_up'>): Promise<void> {
  const { orderId, number, userId, reason } = event.data;
  await tellBuyer(
    work,
    event,
    { userId },
    {
      type: NotificationType.ORDER_GIVEN_UP,
      variables: { orderNumber: number, reason },
      link: `/orders/${orderId}`,
      subject: { type: SubjectType.ORDER, id: orderId },
      data: { orderId },
    },
  );
}
