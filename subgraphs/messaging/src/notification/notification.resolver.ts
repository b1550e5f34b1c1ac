import { type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { User } from '../references/user.reference.ts';
import { NotificationConnection } from './notification.connection.ts';
import { Notification } from './notification.entity.ts';
import {
  NotificationIdInput,
  NotificationIdsInput,
  NotificationListArguments,
  SendNotificationInput,
} from './notification.inputs.ts';
import { NotificationSubject, referTo } from './notification.subject.ts';
import { AllNotificationsRead, NotificationsChanged, SentNotification } from './notification.payloads.ts';

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, {
    nullable: true,
    description:
      'What the caller was told, newest first. A client that was away reads on with `before` and the cursor of the ' +
      'newest it has: `last: 100, before: …` until there is no previous page.',
  })
  @PagedList()
  @Directive('@policy(policies: [["person"]])')
  async notifications(
    @Args(() => NotificationListArguments) args: NotificationListArguments,
    @Ctx() { session, loaders }: MessagingContext,
  ): Promise<Page<Notification>> {
    return loaders.notificationsOfUser.load(session.requirePerson(), args);
  }

  @Query(() => Notification, { nullable: true, description: 'One of the caller’s notifications.' })
  @Directive('@policy(policies: [["person"]])')
  async notification(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { session, loaders }: MessagingContext,
  ): Promise<Notification | null> {
    session.requirePerson();
    return loaders.notificationById.load(id);
  }

  @Query(() => Int, { nullable: true, description: 'How many in the caller’s list were not read.' })
  @Directive('@policy(policies: [["person"]])')
  async unreadNotificationCount(@Ctx() { session, loaders }: MessagingContext): Promise<number> {
    return loaders.unreadCountOfUser.load(session.requirePerson());
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who was told. Null while identity cannot be asked.' })
  user(@Root() { userId }: Notification): User {
    return { id: userId };
  }

  @FieldResolver(() => NotificationSubject, {
    nullable: true,
    description:
      'The thing it is about, as commerce shows it to the caller. Null for what is about no such thing; null with an ' +
      'error once the caller may not see it, or no longer, and asks for more than its `id`.',
  })
  subject(@Root() { subjectType, subjectId }: Notification): typeof NotificationSubject | null {
    return subjectType && subjectId ? referTo({ type: subjectType, id: subjectId }) : null;
  }

  @FieldResolver(() => [NotificationDelivery], { description: 'How it went out, one entry for each channel.' })
  @Directive('@listSize(assumedSize: 5)')
  deliveries(@Root() { id }: Notification, @Ctx() { loaders }: MessagingContext): Promise<NotificationDelivery[]> {
    return loaders.deliveriesOfNotification.load(id);
  }

  @Mutation(() => Notification, { nullable: true, description: 'Notes that one was read.' })
  @Directive('@policy(policies: [["person"]])')
  async markNotificationRead(
    @Arg('input', () => NotificationIdInput, { description: 'Which one.' }) { id }: NotificationIdInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Notification> {
    const [notification] = await useCases.markNotificationsRead({ ids: [id] });
    return notification!;
  }

  @Mutation(() => NotificationsChanged, { nullable: true, description: 'Notes that some were read.' })
  @Directive('@policy(policies: [["person"]])')
  async markNotificationsRead(
    @Arg('input', () => NotificationIdsInput, { description: 'Which ones.' }) input: NotificationIdsInput,
    @Ctx() context: MessagingContext,
  ): Promise<NotificationsChanged> {
    return changed(context, await context.useCases.markNotificationsRead(input));
  }

  @Mutation(() => NotificationsChanged, { nullable: true, description: 'Makes some count as unread again.' })
  @Directive('@policy(policies: [["person"]])')
  async markNotificationsUnread(
    @Arg('input', () => NotificationIdsInput, { description: 'Which ones.' }) input: NotificationIdsInput,
    @Ctx() context: MessagingContext,
  ): Promise<NotificationsChanged> {
    return changed(context, await context.useCases.markNotificationsUnread(input));
  }

  @Mutation(() => AllNotificationsRead, { nullable: true, description: 'Notes that everything in the list was read.' })
  @Directive('@policy(policies: [["person"]])')
  async markAllNotificationsRead(@Ctx() context: MessagingContext): Promise<AllNotificationsRead> {
    const markedCount = await context.useCases.markAllNotificationsRead(undefined);
    return { markedCount, unreadNotificationCount: await unreadCount(context) };
  }

  @Mutation(() => NotificationsChanged, {
    nullable: true,
    description: 'Puts some away. `restoreNotifications` takes it back.',
  })
  @Directive('@policy(policies: [["person"]])')
  async archiveNotifications(
    @Arg('input', () => NotificationIdsInput, { description: 'Which ones.' }) input: NotificationIdsInput,
    @Ctx() context: MessagingContext,
  ): Promise<NotificationsChanged> {
    return changed(context, await context.useCases.archiveNotifications(input));
  }

  @Mutation(() => NotificationsChanged, {
    nullable: true,
    description: 'Brings some back from the archive into the list.',
  })
  @Directive('@policy(policies: [["person"]])')
  async restoreNotifications(
    @Arg('input', () => NotificationIdsInput, { description: 'Which ones.' }) input: NotificationIdsInput,
    @Ctx() context: MessagingContext,
  ): Promise<NotificationsChanged> {
    return changed(context, await context.useCases.restoreNotifications(input));
  }

  @Mutation(() => SentNotification, {
    nullable: true,
    description: 'Tells a member of the active organization something. Needs the permission `messaging:notify`.',
  })
  @Directive('@requiresScopes(scopes: [["messaging:notify"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 600, per: 'minute' })
  sendNotification(
    @Arg('input', () => SendNotificationInput, { description: 'What to tell whom.' }) input: SendNotificationInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<SentNotification> {
    return useCases.sendNotification(input);
  }
}

async function changed(context: MessagingContext, notifications: Notification[]): Promise<NotificationsChanged> {
  return { notifications, unreadNotificationCount: await unreadCount(context) };
}

function unreadCount({ session, loaders }: MessagingContext): Promise<number> {
  return loaders.unreadCountOfUser.load(session.requirePerson());
}
