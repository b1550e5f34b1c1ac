import { connectionOf, ConnectionArguments, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { User } from '../references/user.reference.ts';
import { Broadcast } from './broadcast.entity.ts';
import { BroadcastNotificationInput, CancelBroadcastInput } from './broadcast.inputs.ts';

const BroadcastConnection = connectionOf(Broadcast);

@Resolver(() => Broadcast)
export class BroadcastResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who sent it. Null while identity cannot be asked.' })
  createdBy(@Root() { createdBy }: Broadcast): User {
    return { id: createdBy };
  }

  @Query(() => BroadcastConnection, {
    nullable: true,
    description: 'The broadcasts of the active organization, newest first. Needs the permission `messaging:broadcast`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["messaging:broadcast"]])')
  broadcasts(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Page<Broadcast>> {
    return useCases.searchBroadcasts(args);
  }

  @Query(() => Broadcast, { nullable: true, description: 'One broadcast, to follow how far it has come.' })
  @Directive('@requiresScopes(scopes: [["messaging:broadcast"]])')
  async broadcast(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { session, loaders }: MessagingContext,
  ): Promise<Broadcast | null> {
    session.requireUser();
    return loaders.broadcastById.load(id);
  }

  @Mutation(() => Broadcast, {
    nullable: true,
    description:
      'Tells many people something, in the background. Needs the permission `messaging:broadcast`, and for everybody ' +
      'on the platform the role `SUPER_ADMIN`.',
  })
  @Directive('@requiresScopes(scopes: [["messaging:broadcast"]])')
  @RateLimited({ max: 60, per: 'hour' })
  @Directive('@cost(weight: 500)')
  broadcastNotification(
    @Arg('input', () => BroadcastNotificationInput, { description: 'What to tell whom.' })
    input: BroadcastNotificationInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Broadcast> {
    return useCases.broadcastNotification(input);
  }

  @Mutation(() => Broadcast, { nullable: true, description: 'Stops a broadcast. Whoever was told stays told.' })
  @Directive('@requiresScopes(scopes: [["messaging:broadcast"]])')
  cancelBroadcast(
    @Arg('input', () => CancelBroadcastInput, { description: 'Which one.' }) input: CancelBroadcastInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<Broadcast> {
    return useCases.cancelBroadcast(input);
  }
}
