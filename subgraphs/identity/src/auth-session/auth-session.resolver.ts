import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { AuthSession } from './auth-session.entity.ts';
import { SessionTokens } from './session-tokens.type.ts';
import { CompleteLoginInput, LoginInput, RefreshSessionInput } from './sign-in.inputs.ts';
import { LoginResult, type SecondFactorRequired } from './sign-in.result.ts';

@Resolver(() => AuthSession)
export class AuthSessionResolver {
  @Mutation(() => LoginResult, {
    nullable: true,
    description: 'Signs in. An unknown address and a wrong password are told apart by nothing.',
  })
  @RateLimited({ max: 300, per: 'minute', by: 'address' })
  @RateLimited({ max: 10, per: 'minute', by: 'address+input.email' })
  @Directive('@cost(weight: 100)')
  async login(
    @Arg('input', () => LoginInput, { description: 'Address and password.' }) input: LoginInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<SessionTokens | SecondFactorRequired> {
    return useCases.signIn(input);
  }

  @Mutation(() => SessionTokens, {
    nullable: true,
    description: 'Finishes a sign-in that asked for the second factor.',
  })
  @RateLimited({ max: 300, per: 'minute', by: 'address' })
  @RateLimited({ max: 10, per: 'minute', by: 'address+input.challenge' })
  async completeLogin(
    @Arg('input', () => CompleteLoginInput, { description: 'The challenge and the proof.' }) input: CompleteLoginInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<SessionTokens> {
    return useCases.completeSignIn(input);
  }

  @Mutation(() => SessionTokens, {
    nullable: true,
    description:
      'Exchanges a refresh token for a new pair. It works once; a second use within ten seconds counts as another tab, ' +
      'a later one as theft, and ends the session.',
  })
  @RateLimited({ max: 600, per: 'minute', by: 'address' })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The refresh token.' }) input: RefreshSessionInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<SessionTokens> {
    return useCases.refreshSession(input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Ends the session of the request’s own token. False if it had ended.',
  })
  @Directive('@authenticated')
  async logout(@Ctx() { useCases }: IdentityContext): Promise<boolean> {
    return useCases.signOut();
  }

  @Mutation(() => AuthSession, { nullable: true, description: 'Signs oneself out on one device.' })
  @Directive('@policy(policies: [["inPerson"]])')
  async revokeSession(
    @Arg('id', () => ID, { description: 'Of the session.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AuthSession> {
    return useCases.revokeSession({ id });
  }

  @Mutation(() => Int, {
    nullable: true,
    description: 'Signs oneself out everywhere but here. Returns from how many sessions.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async revokeOtherSessions(@Ctx() { useCases }: IdentityContext): Promise<number> {
    return useCases.revokeOtherSessions();
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the session of the request’s own token.' })
  isCurrent(@Root() session: AuthSession, @Ctx() context: IdentityContext): boolean {
    return session.id === context.session.authSessionId;
  }

  @FieldResolver(() => Boolean, { description: 'Whether support works in the person’s name in this session.' })
  isImpersonation(@Root() session: AuthSession): boolean {
    return Boolean(session.impersonatorId);
  }
}
