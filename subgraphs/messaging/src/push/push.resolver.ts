import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import type { MessagingContext } from '../context.ts';
import { RegisterPushSubscriptionInput, UnregisterPushSubscriptionInput } from './push.inputs.ts';
import { PushSubscription } from './push-subscription.entity.ts';

@Resolver(() => PushSubscription)
export class PushResolver {
  // The same for everybody, and for as long as the platform has it: browsers keep it with each subscription.
  @Directive('@cacheControl(maxAge: 300)')
  @Query(() => String, {
    nullable: true,
    description: 'The public key to give to `PushManager.subscribe()` as `applicationServerKey`, URL-safe base64.',
  })
  webPushPublicKey(@Ctx() { useCases }: MessagingContext): Promise<string> {
    return useCases.readPushKey(undefined);
  }

  @Query(() => [PushSubscription], {
    nullable: true,
    description: 'The caller’s browsers that take push messages: at most 20.',
  })
  @Directive('@policy(policies: [["person"]])')
  @Directive('@listSize(assumedSize: 10)')
  async pushSubscriptions(@Ctx() { session, loaders }: MessagingContext): Promise<PushSubscription[]> {
    return loaders.pushSubscriptionsOfUser.load(session.requirePerson());
  }

  @Mutation(() => PushSubscription, { nullable: true, description: 'Lets a browser of the caller take push messages.' })
  @Directive('@policy(policies: [["person"]])')
  registerPushSubscription(
    @Arg('input', () => RegisterPushSubscriptionInput, { description: 'What the browser said.' })
    input: RegisterPushSubscriptionInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<PushSubscription> {
    return useCases.registerPushSubscription(input);
  }

  @Mutation(() => PushSubscription, { nullable: true, description: 'Stops push messages to a browser of the caller.' })
  @Directive('@policy(policies: [["person"]])')
  unregisterPushSubscription(
    @Arg('input', () => UnregisterPushSubscriptionInput, { description: 'Which one.' })
    input: UnregisterPushSubscriptionInput,
    @Ctx() { useCases }: MessagingContext,
  ): Promise<PushSubscription> {
    return useCases.unregisterPushSubscription(input);
  }
}
