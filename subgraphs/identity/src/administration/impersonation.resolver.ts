import { type Page, PagedList } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { ImpersonateUserInput, ImpersonationArguments } from './administration.inputs.ts';
import { ImpersonationConnection } from './impersonation.connection.ts';
import { Impersonation } from './impersonation.entity.ts';
import { ImpersonationToken } from './impersonation.type.ts';

@Resolver(() => Impersonation)
export class ImpersonationResolver {
  @Query(() => ImpersonationConnection, {
    nullable: true,
    description: 'Who of the staff worked in whose name, the latest first.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["platform:audit.read"]])')
  async impersonations(
    @Args(() => ImpersonationArguments) args: ImpersonationArguments,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Page<Impersonation>> {
    return useCases.listImpersonations(args);
  }

  @Mutation(() => ImpersonationToken, {
    nullable: true,
    description:
      'Lets support work in a user’s name for 15 minutes, without refreshing and without touching their credentials. ' +
      'Never in the name of staff. Every one is kept for the audit, with its reason.',
  })
  @Directive('@requiresScopes(scopes: [["identity:users.impersonate"]])')
  @Directive('@policy(policies: [["inPerson"]])')
  async impersonateUser(
    @Arg('input', () => ImpersonateUserInput, { description: 'In whose name, and why.' }) input: ImpersonateUserInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<ImpersonationToken> {
    return useCases.impersonateUser(input);
  }

  @FieldResolver(() => User, { nullable: true, description: 'In whose name.' })
  async user(@Root() impersonation: Impersonation, @Ctx() { loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(impersonation.userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The member of staff.' })
  async impersonator(@Root() impersonation: Impersonation, @Ctx() { loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(impersonation.impersonatorId);
  }
}
