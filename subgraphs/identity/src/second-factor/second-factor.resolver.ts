import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import {
  ConfirmSecondFactorInput,
  RecoveryCodes,
  SecondFactorEnrolment,
  SecondFactorPasswordInput,
} from './second-factor.types.ts';

@Resolver()
export class SecondFactorResolver {
  @Mutation(() => SecondFactorEnrolment, {
    nullable: true,
    description: 'Begins to set up an authenticator app. Nothing changes until `confirmSecondFactor`.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  async enrolSecondFactor(
    @Arg('input', () => SecondFactorPasswordInput, { description: 'The password.' }) input: SecondFactorPasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<SecondFactorEnrolment> {
    return useCases.enrolSecondFactor(input);
  }

  @Mutation(() => RecoveryCodes, {
    nullable: true,
    description: 'Turns the second factor on: from now on signing in takes a code.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  async confirmSecondFactor(
    @Arg('input', () => ConfirmSecondFactorInput, { description: 'A first code.' }) input: ConfirmSecondFactorInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<RecoveryCodes> {
    return { codes: await useCases.confirmSecondFactor(input) };
  }

  @Mutation(() => RecoveryCodes, { nullable: true, description: 'Makes new recovery codes. The old ones are void.' })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  async regenerateRecoveryCodes(
    @Arg('input', () => SecondFactorPasswordInput, { description: 'The password.' }) input: SecondFactorPasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<RecoveryCodes> {
    return { codes: await useCases.regenerateRecoveryCodes(input) };
  }

  @Mutation(() => User, { nullable: true, description: 'Turns the second factor off.' })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  async disableSecondFactor(
    @Arg('input', () => SecondFactorPasswordInput, { description: 'The password.' }) input: SecondFactorPasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.disableSecondFactor(input);
  }
}
