import { fileURLToPath } from 'node:url';
import { defineSubgraph } from '@supergraph/subgraph-kit';
import { BroadcastResolver } from './broadcast/broadcast.resolver.ts';
import { Broadcast } from './broadcast/broadcast.entity.ts';
import { createLoaders } from './context.ts';
import { DeliveryResolver } from './delivery/delivery.resolver.ts';
import { NotificationDelivery } from './delivery/notification-delivery.entity.ts';
import { EmailMessage } from './email/email-message.entity.ts';
import { EmailResolver } from './email/email.resolver.ts';
import type { MessagingEnvironment } from './environment.ts';
import { messagingEventVersions, type MessagingEvents } from './events.ts';
import { handlers } from './handlers.ts';
import { jobs } from './jobs.ts';
import { Notification } from './notification/notification.entity.ts';
import { NotificationLiveResolver } from './notification/notification-live.resolver.ts';
import { NotificationResolver } from './notification/notification.resolver.ts';
import { NotificationPreference } from './preference/notification-preference.entity.ts';
import { NotificationSettings } from './preference/notification-settings.entity.ts';
import { PreferenceResolver } from './preference/preference.resolver.ts';
import { PushSubscription } from './push/push-subscription.entity.ts';
import { PushResolver } from './push/push.resolver.ts';
import { VapidKey } from './push/vapid-key.entity.ts';
import { RecipientOrganization } from './recipient/recipient-organization.entity.ts';
import { Recipient } from './recipient/recipient.entity.ts';
import { OrderBuyer } from './order/order-buyer.entity.ts';
import { User } from './references/user.reference.ts';
import { UserResolver } from './references/user.resolver.ts';
import { createServices, type MessagingServices } from './services.ts';
import { NotificationTemplate } from './template/notification-template.entity.ts';
import { TemplateResolver } from './template/template.resolver.ts';
import { useCases } from './use-cases.ts';

/** Messaging: what people are told, in which words, and over which channels. */
export const messaging = defineSubgraph<
  MessagingEnvironment,
  MessagingServices,
  MessagingEvents,
  ReturnType<typeof createLoaders>,
  typeof useCases
>({
  name: 'messaging',
  entities: [
    Broadcast,
    EmailMessage,
    Notification,
    NotificationDelivery,
    NotificationPreference,
    NotificationSettings,
    NotificationTemplate,
    OrderBuyer,
    PushSubscription,
    Recipient,
    RecipientOrganization,
    VapidKey,
  ],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [
    NotificationResolver,
    NotificationLiveResolver,
    DeliveryResolver,
    PreferenceResolver,
    TemplateResolver,
    PushResolver,
    EmailResolver,
    BroadcastResolver,
    UserResolver,
  ],
  orphanedTypes: [User],
  references: {
    Broadcast: ({ loaders }) => loaders.broadcastById,
    EmailMessage: ({ loaders }) => loaders.emailMessageById,
    Notification: ({ loaders }) => loaders.notificationById,
    NotificationDelivery: ({ loaders }) => loaders.deliveryById,
    NotificationTemplate: ({ loaders }) => loaders.templateById,
    PushSubscription: ({ loaders }) => loaders.pushSubscriptionById,
    User: ({ loaders }) => loaders.userById,
  },
  events: messagingEventVersions,
  loaders: createLoaders,
  useCases,
  services: (kernel) => createServices(kernel),
  handlers,
  jobs,
});
