import { ConnectionArguments, type Page, PagedList } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { AuthSessionConnection } from '../auth-session/auth-session.connection.ts';
import { AuthSession } from '../auth-session/auth-session.entity.ts';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { ChangePlatformRoleInput, ChangeUserPlanInput, SuspendUserInput } from './administration.inputs.ts';
import { UserArguments } from './user-search.inputs.ts';
import { UserConnection } from './user.connection.ts';

@Resolver()
export class AdministrationResolver {
  @Query(() => UserConnection, { nullable: true, description: 'All users, for support.' })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["identity:users.read"]])')
  async users(
    @Args(() => UserArguments) args: UserArguments,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Page<User>> {
    return useCases.searchUsers(args);
  }

  @Query(() => AuthSessionConnection, {
    nullable: true,
    description: 'Where a user is signed in, for support; the latest use first.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["identity:users.read"]])')
  async userSessions(
    @Arg('userId', () => ID, { description: 'Of the user.' }) userId: string,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Page<AuthSession>> {
    return useCases.listUserSessions({ ...args, userId });
  }

  @Mutation(() => User, {
    nullable: true,
    description: 'Shuts a user out: their sessions and API keys end at once, access tokens within 15 minutes.',
  })
  @Directive('@requiresScopes(scopes: [["identity:users.read", "identity:users.write"]])')
  async suspendUser(
    @Arg('input', () => SuspendUserInput, { description: 'Whom, and why.' }) input: SuspendUserInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.suspendUser(input);
  }

  @Mutation(() => User, { nullable: true, description: 'Lets a suspended user in again.' })
  @Directive('@requiresScopes(scopes: [["identity:users.read", "identity:users.write"]])')
  async activateUser(
    @Arg('userId', () => ID, { description: 'Of the user.' }) userId: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.activateUser({ userId });
  }

  @Mutation(() => User, {
    nullable: true,
    description: 'Makes a user staff, or takes that away. Access tokens tell of it from the next refresh on.',
  })
  @Directive('@requiresScopes(scopes: [["identity:users.write"]])')
  @Directive('@policy(policies: [["role:SUPER_ADMIN"]])')
  async changePlatformRole(
    @Arg('input', () => ChangePlatformRoleInput, { description: 'Whom, and what they are to be.' })
    input: ChangePlatformRoleInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.changePlatformRole(input);
  }

  @Mutation(() => User, {
    nullable: true,
    description: 'Puts a user on another plan, or renews theirs. What they have beyond its limits they keep.',
  })
  @Directive('@requiresScopes(scopes: [["identity:plans.write"]])')
  async changeUserPlan(
    @Arg('input', () => ChangeUserPlanInput, { description: 'Whom, and which plan.' }) input: ChangeUserPlanInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.changeUserPlan(input);
  }

  @Mutation(() => AuthSession, { nullable: true, description: 'Signs a user out on one device.' })
  @Directive('@requiresScopes(scopes: [["identity:users.read", "identity:users.write"]])')
  async revokeUserSession(
    @Arg('id', () => ID, { description: 'Of the session.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AuthSession> {
    return useCases.revokeUserSession({ id });
  }

  @Mutation(() => Int, { nullable: true, description: 'Signs a user out everywhere. Returns from how many sessions.' })
  @Directive('@requiresScopes(scopes: [["identity:users.read", "identity:users.write"]])')
  async revokeUserSessions(
    @Arg('userId', () => ID, { description: 'Of the user.' }) userId: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<number> {
    return useCases.revokeUserSessions({ userId });
  }
}
