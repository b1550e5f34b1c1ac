import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { findBuyer } from './find-buyer.ts';
import { tellBuyer } from './tell-buyer.ts';

/** Tells the buyer that their money is on its way back, whatever the reason was. */
export async function tellOfRefund(work: MessagingWork, event: Heard<'payment.refunded'>): Promise<void> {
  const { orderId, refundId, refundAmount, currency } = event.data;
  const { number, ...buyer } = await findBuyer(work, event.data);
  await tellBuyer(work, event, buyer, {
    type: NotificationType.ORDER_REFUNDED,
    variables: { orderNumber: number ?? null, amount: { amount: refundAmount, currency } },
    link: `/orders/${orderId}`,
    subject: { type: SubjectType.ORDER, id: orderId },
    data: { orderId, refundId },
  });
}
