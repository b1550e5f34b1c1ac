import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { AcceptedRequest } from '../user/accepted-request.type.ts';
import { User } from '../user/user.entity.ts';
import {
  ChangePasswordInput,
  RequestEmailChangeInput,
  RequestMailInput,
  ResetPasswordInput,
  VerifyEmailInput,
} from './credential.inputs.ts';

@Resolver()
export class CredentialResolver {
  @Mutation(() => User, {
    nullable: true,
    description: 'Takes the token of a mail as proof of an address: after registration and to change the address.',
  })
  @RateLimited({ max: 300, per: 'minute', by: 'address' })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The token.' }) input: VerifyEmailInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.verifyEmail(input);
  }

  @Mutation(() => AcceptedRequest, {
    nullable: true,
    description: 'Mails another verification link, if the account waits for one.',
  })
  @RateLimited({ max: 300, per: 'hour', by: 'address' })
  @RateLimited({ max: 10, per: 'hour', by: 'address+input.email' })
  async resendVerification(
    @Arg('input', () => RequestMailInput, { description: 'Whom to mail.' }) input: RequestMailInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AcceptedRequest> {
    return AcceptedRequest.for(await useCases.resendVerification(input));
  }

  @Mutation(() => AcceptedRequest, {
    nullable: true,
    description: 'Mails a link to the new address. The old one works until it is used.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 300, per: 'hour', by: 'address' })
  @RateLimited({ max: 20, per: 'hour' })
  async requestEmailChange(
    @Arg('input', () => RequestEmailChangeInput, { description: 'The new address.' }) input: RequestEmailChangeInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AcceptedRequest> {
    return AcceptedRequest.for(await useCases.requestEmailChange(input));
  }

  @Mutation(() => AcceptedRequest, {
    nullable: true,
    description: 'Mails a link to choose a new password, if there is an account.',
  })
  @RateLimited({ max: 300, per: 'hour', by: 'address' })
  @RateLimited({ max: 10, per: 'hour', by: 'address+input.email' })
  @Directive('@cost(weight: 20)')
  async requestPasswordReset(
    @Arg('input', () => RequestMailInput, { description: 'Whom to mail.' }) input: RequestMailInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AcceptedRequest> {
    return AcceptedRequest.for(await useCases.requestPasswordReset(input));
  }

  @Mutation(() => User, {
    nullable: true,
    description: 'Sets a new password with the token of a mail. All sessions end.',
  })
  @RateLimited({ max: 300, per: 'minute', by: 'address' })
  @Directive('@cost(weight: 100)')
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Token and password.' }) input: ResetPasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.resetPassword(input);
  }

  @Mutation(() => User, { nullable: true, description: 'Changes one’s password. All other sessions end.' })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  @Directive('@cost(weight: 100)')
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Old and new password.' }) input: ChangePasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.changePassword(input);
  }
}
