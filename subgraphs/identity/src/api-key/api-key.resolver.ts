import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { ApiKey } from './api-key.entity.ts';
import { ApiToken, CreateApiKeyInput, CreateApiTokenInput, CreatedApiKey } from './api-key.types.ts';

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Mutation(() => CreatedApiKey, {
    nullable: true,
    description: 'Makes a key for a machine that is to work for the organization one acts for. It is shown this once.',
  })
  @Directive('@requiresScopes(scopes: [["identity:api_keys.write"]])')
  @Directive('@policy(policies: [["inPerson", "organization"]])')
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The new key.' }) input: CreateApiKeyInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<CreatedApiKey> {
    return useCases.createApiKey(input);
  }

  @Mutation(() => ApiKey, {
    nullable: true,
    description: 'Makes a key worthless. Its subscriptions end at once, tokens it got within 15 minutes.',
  })
  @Directive('@policy(policies: [["organization"]])')
  async revokeApiKey(
    @Arg('id', () => ID, { description: 'Of the key.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<ApiKey> {
    return useCases.revokeApiKey({ id });
  }

  @Mutation(() => ApiToken, {
    nullable: true,
    description:
      'Exchanges an API key for an access token of 15 minutes. It carries those of the key’s scopes that whoever made ' +
      'the key has at this moment, and none of their platform roles.',
  })
  @RateLimited({ max: 300, per: 'minute', by: 'address' })
  async createApiToken(
    @Arg('input', () => CreateApiTokenInput, { description: 'The key.' }) input: CreateApiTokenInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<ApiToken> {
    return useCases.createApiToken(input);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it. It ends with their membership.' })
  async owner(@Root() key: ApiKey, @Ctx() { loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(key.userId);
  }
}
