import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
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
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Token and password.' }) input: ResetPasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.resetPassword(input);
  }

  @Mutation(() => User, { nullable: true, description: 'Changes one’s password. All other sessions end.' })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Old and new password.' }) input: ChangePasswordInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.changePassword(input);
  }
}
