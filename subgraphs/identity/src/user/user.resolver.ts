import { ConnectionArguments, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AuthSession } from '../auth-session/auth-session.entity.ts';
import { AuthSessionConnection } from '../auth-session/auth-session.connection.ts';
import type { IdentityContext } from '../context.ts';
import { AcceptedRequest } from './accepted-request.type.ts';
import { User } from './user.entity.ts';
import { DeleteAccountInput, RegisterInput, UpdatePersonaInput, UpdateProfileInput } from './user.inputs.ts';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, { nullable: true, description: 'Whoever is signed in.' })
  @Directive('@authenticated')
  async me(@Ctx() { session, loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(session.requireUser());
  }

  @Query(() => User, { nullable: true, description: 'Oneself, a colleague, or for support anybody; null otherwise.' })
  @Directive('@authenticated')
  async user(
    @Arg('id', () => ID, { description: 'Of the user.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User | null> {
    return useCases.findUser({ id });
  }

  @Query(() => GraphQLJSONObject, {
    nullable: true,
    description: 'Everything identity holds about oneself. What other parts hold is in their own exports.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  @Directive('@cost(weight: 200)')
  async accountExport(@Ctx() { useCases }: IdentityContext): Promise<Record<string, unknown>> {
    return useCases.exportAccount();
  }

  @Mutation(() => AcceptedRequest, {
    nullable: true,
    description:
      'Registers a person and mails them a link to verify the address. `login` works at once, without permissions ' +
      'until the address is verified. An address that has an account gets the same answer, and its owner a mail.',
  })
  @RateLimited({ max: 1_000, per: 'hour', by: 'address' })
  @RateLimited({ max: 10, per: 'hour', by: 'address+input.email' })
  @Directive('@cost(weight: 100)')
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<AcceptedRequest> {
    return AcceptedRequest.for(await useCases.registerUser(input));
  }

  @Mutation(() => User, { nullable: true, description: 'Changes one’s name, picture, language and time zone.' })
  @Directive('@policy(policies: [["person"]])')
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.updateProfile(input);
  }

  @Mutation(() => User, {
    nullable: true,
    description: 'Switches persona. Access tokens tell of it from the next refresh on.',
  })
  @Directive('@policy(policies: [["person"]])')
  async updatePersona(
    @Arg('input', () => UpdatePersonaInput, { description: 'The new persona.' }) input: UpdatePersonaInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.updatePersona(input);
  }

  @Mutation(() => User, { nullable: true, description: 'Deletes one’s account for good and ends all its sessions.' })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 10, per: 'minute' })
  @Directive('@cost(weight: 100)')
  async deleteAccount(
    @Arg('input', () => DeleteAccountInput, { description: 'The proof that it is the person.' })
    input: DeleteAccountInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<User> {
    return useCases.deleteAccount(input);
  }

  @FieldResolver(() => AuthSessionConnection, {
    nullable: true,
    description: 'Where the person is signed in, the latest use first. Null for everybody but the person.',
  })
  @PagedList()
  async sessions(
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Page<AuthSession> | null> {
    return session.is(user.id) ? loaders.sessionsOfUser.load(user.id, args) : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether signing in takes a second factor. Null for everybody but the person.',
  })
  async hasSecondFactor(@Root() user: User, @Ctx() { session, loaders }: IdentityContext): Promise<boolean | null> {
    return session.is(user.id) ? (await loaders.secondFactorByUser.load(user.id)) !== null : null;
  }
}
