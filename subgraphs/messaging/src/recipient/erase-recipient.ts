import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { EmailMessage } from '../email/email-message.entity.ts';
import { Notification } from '../notification/notification.entity.ts';
import { NotificationPreference } from '../preference/notification-preference.entity.ts';
import { NotificationSettings } from '../preference/notification-settings.entity.ts';
import { OrderBuyer } from '../order/order-buyer.entity.ts';
import { PushSubscription } from '../push/push-subscription.entity.ts';
import { openRecipient } from './lock-recipients.ts';
import { RecipientOrganization } from './recipient-organization.entity.ts';

type Deleted = EventEnvelope<'user.deleted', IdentityEvents['user.deleted']>;

/** Erases all that is known of somebody. Their id stays, so that an event that comes late brings nothing back. */
export async function eraseRecipient(work: MessagingWork, { data, occurredAt }: Deleted): Promise<void> {
  const { userId } = data;
  const recipient = await openRecipient(work.em, userId);
  if (recipient.email) await work.em.nativeDelete(EmailMessage, { recipient: recipient.email });
  const personal = [
    NotificationDelivery,
    Notification,
    NotificationPreference,
    NotificationSettings,
    OrderBuyer,
    PushSubscription,
    RecipientOrganization,
  ];
  // Each table's rows are told apart by the same column.
  for (const entity of personal) await work.em.nativeDelete(entity as typeof Notification, { userId });
  recipient.erase(occurredAt);
}
