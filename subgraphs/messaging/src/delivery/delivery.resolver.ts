import { connectionOf, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { User } from '../references/user.reference.ts';
import { NotificationDeliveryArguments, RetryNotificationDeliveryInput } from './delivery.inputs.ts';
import { NotificationDelivery } from './notification-delivery.entity.ts';

const NotificationDeliveryConnection = connectionOf(NotificationDelivery);

@Resolver(() => NotificationDelivery)
export class DeliveryResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Whom it is for; null for mail to somebody without an account.',
  })
  user(@Root() { userId }: NotificationDelivery): User | null {
    return userId ? { id: userId } : null;
  }

  @Query(() => NotificationDeliveryConnection, {
    nullable: true,
    description: 'All deliveries, newest first. Needs the permission `platform:operate`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["platform:operate"]])')
  notificationDeliveries(
    @Args(() => NotificationDeliveryArguments) args: NotificationDeliveryArguments,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Page<NotificationDelivery>> {
    return useCases.searchDeliveries(args);
  }

  @Mutation(() => NotificationDelivery, {
    nullable: true,
    description: 'Tries a failed delivery again. Needs the permission `platform:operate`.',
  })
  @Directive('@requiresScopes(scopes: [["platform:operate"]])')
  @RateLimited({ max: 120, per: 'minute' })
  retryNotificationDelivery(
    @Arg('input', () => RetryNotificationDeliveryInput, { description: 'Which one.' })
    input: RetryNotificationDeliveryInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<NotificationDelivery> {
    return useCases.retryDelivery(input);
  }
}
