import { type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { NotificationConnection } from '../notification/notification.connection.ts';
import type { Notification } from '../notification/notification.entity.ts';
import { NotificationListArguments } from '../notification/notification.inputs.ts';
import { mayReadNotificationsOf } from '../notification/notification.policy.ts';
import { User } from './user.reference.ts';

@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => NotificationConnection, {
    nullable: true,
    description: 'What this user was told, newest first. Only for the user; for anybody else null, with `FORBIDDEN`.',
  })
  @PagedList()
  @Directive('@policy(policies: [["person"]])')
  async notifications(
    @Root() user: User,
    @Args(() => NotificationListArguments) args: NotificationListArguments,
    @Ctx() { session, loaders }: MessagingContext,
  ): Promise<Page<Notification>> {
    permit(session, mayReadNotificationsOf(session, user.id));
    return loaders.notificationsOfUser.load(user.id, args);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many in the list were not read. Only for the user; for anybody else null, with `FORBIDDEN`.',
  })
  @Directive('@policy(policies: [["person"]])')
  async unreadNotificationCount(@Root() user: User, @Ctx() { session, loaders }: MessagingContext): Promise<number> {
    permit(session, mayReadNotificationsOf(session, user.id));
    return loaders.unreadCountOfUser.load(user.id);
  }
}
