import { Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { mayReadPrivateFields } from '../user/user.policy.ts';
import { Plan, PUBLIC_PLANS } from './plan.entity.ts';
import { PlanName } from './plan-name.ts';
import { PlanSubscription } from './plan-subscription.entity.ts';

@Resolver(() => User)
export class PlanResolver {
  @Directive(PUBLIC_PLANS)
  @Query(() => [Plan], { nullable: true, description: 'What plans there are, from least to most.' })
  @Directive('@listSize(assumedSize: 5)')
  async plans(@Ctx() { useCases }: IdentityContext): Promise<Plan[]> {
    return useCases.listPlans();
  }

  @Mutation(() => PlanSubscription, {
    nullable: true,
    description:
      'Goes back to `FREE` when what is paid for is over. Bigger plans are given by the platform until there is billing.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async cancelMySubscription(@Ctx() { useCases }: IdentityContext): Promise<PlanSubscription> {
    return useCases.cancelMySubscription();
  }

  @Mutation(() => PlanSubscription, {
    nullable: true,
    description: 'Takes a cancellation back, as long as the period runs.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async resumeMySubscription(@Ctx() { useCases }: IdentityContext): Promise<PlanSubscription> {
    return useCases.resumeMySubscription();
  }

  @FieldResolver(() => Plan, {
    nullable: true,
    description: 'Which plan they are on. Null for everybody but the person and support.',
  })
  async plan(@Root() user: User, @Ctx() { session, loaders }: IdentityContext): Promise<Plan | null> {
    if (!mayReadPrivateFields(session, user)) return null;
    const subscription = await loaders.liveSubscriptionOfUser.load(user.id);
    return loaders.planByName.load(subscription?.plan ?? PlanName.FREE);
  }

  @FieldResolver(() => PlanSubscription, {
    nullable: true,
    description: 'Their subscription; null on `FREE`, and for everybody but the person and support.',
  })
  async subscription(
    @Root() user: User,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<PlanSubscription | null> {
    return mayReadPrivateFields(session, user) ? loaders.liveSubscriptionOfUser.load(user.id) : null;
  }
}
