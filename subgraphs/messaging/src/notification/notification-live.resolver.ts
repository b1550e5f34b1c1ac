import { notFound } from '@supergraph/subgraph-kit';
import { Ctx, Directive, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { Notification } from './notification.entity.ts';
import { notificationChannel, type NotificationHint, unreadCountChannel } from './notification.live.ts';

/** What a person's open clients hear of at once. Each event is loaded afresh, as the person who listens. */
@Resolver(() => Notification)
export class NotificationLiveResolver {
  @Subscription(() => Notification, {
    description: 'A notification that the caller just got. What comes while nobody listens is in `notifications`.',
    subscribe: ({ context }: { context: MessagingContext }) =>
      context.live.subscribe<NotificationHint>(notificationChannel(context.session.requirePerson())),
  })
  @Directive('@policy(policies: [["person"]])')
  async notificationAdded(
    @Root() { id }: NotificationHint,
    @Ctx() { loaders }: MessagingContext,
  ): Promise<Notification> {
    const notification = await loaders.notificationById.load(id);
    if (!notification) throw notFound('Notification');
    return notification;
  }

  @Subscription(() => Int, {
    description: 'How many in the caller’s list are unread, each time something may have changed that.',
    subscribe: ({ context }: { context: MessagingContext }) =>
      context.live.subscribe<object>(unreadCountChannel(context.session.requirePerson())),
  })
  @Directive('@policy(policies: [["person"]])')
  async unreadNotificationCountChanged(@Ctx() { session, loaders }: MessagingContext): Promise<number> {
    return loaders.unreadCountOfUser.load(session.requirePerson());
  }
}
