import type { GraphContext, Kernel, Reader, Work } from '@supergraph/subgraph-kit';
import { createBroadcastLoaders } from './broadcast/broadcast.loaders.ts';
import { createDeliveryLoaders } from './delivery/delivery.loaders.ts';
import { createEmailLoaders } from './email/email.loaders.ts';
import type { MessagingEnvironment } from './environment.ts';
import type { MessagingEvents } from './events.ts';
import { createNotificationLoaders } from './notification/notification.loaders.ts';
import { createPushLoaders } from './push/push.loaders.ts';
import { createReferenceLoaders } from './references/reference.loaders.ts';
import type { MessagingServices } from './services.ts';
import { createTemplateLoaders } from './template/template.loaders.ts';
import type { useCases } from './use-cases.ts';

export type MessagingWork = Work<MessagingServices, MessagingEvents>;

export type MessagingKernel = Kernel<MessagingEnvironment, MessagingServices, MessagingEvents>;

export type MessagingReader = Reader<MessagingServices>;

export type MessagingLoaders = ReturnType<typeof createLoaders>;

export type MessagingContext = GraphContext<MessagingLoaders, typeof useCases>;

export function createLoaders(reader: MessagingReader) {
  return {
    ...createNotificationLoaders(reader),
    ...createDeliveryLoaders(reader),
    ...createTemplateLoaders(reader),
    ...createPushLoaders(reader),
    ...createEmailLoaders(reader),
    ...createBroadcastLoaders(reader),
    ...createReferenceLoaders(),
  };
}
