import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { isLink } from '../links.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { namesOf } from '../order/ordered-items.ts';
import { tellBuyer } from '../order/tell-buyer.ts';

export function tellOfSentParcel(work: MessagingWork, event: Heard<'order.fulfilled'>): Promise<void> {
  return tellOfParcel(work, event, NotificationType.PARCEL_SENT);
}

export function tellOfDeliveredParcel(work: MessagingWork, event: Heard<'order.delivered'>): Promise<void> {
  return tellOfParcel(work, event, NotificationType.PARCEL_DELIVERED);
}

async function tellOfParcel(
  work: MessagingWork,
  event: Heard<'order.fulfilled' | 'order.delivered'>,
  type: NotificationType.PARCEL_SENT | NotificationType.PARCEL_DELIVERED,
): Promise<void> {
  const { orderId, number, shopName, fulfillmentId, carrier, trackingNumber, trackingUrl, items } = event.data;
  await tellBuyer(work, event, event.data, {
    type,
    variables: {
      ...{ orderNumber: number, shopName, carrier, trackingNumber, items: namesOf(items) },
      trackingUrl: trackingUrl && isOfTheWeb(trackingUrl) ? trackingUrl : null,
    },
    link: `/orders/${orderId}`,
    subject: { type: SubjectType.ORDER, id: orderId },
    data: { orderId, fulfillmentId },
  });
}

/** A shop wrote it, and it becomes a button: nothing that a mail program would run, and no page of ours. */
function isOfTheWeb(url: string): boolean {
  return !url.startsWith('/') && isLink(url);
}
