import { connectionOf, ConnectionArguments, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { User } from '../references/user.reference.ts';
import { Shop } from '../shop/shop.entity.ts';
import { ShopVerification } from './shop-verification.entity.ts';
import { DecideShopVerificationInput, SubmitShopVerificationInput } from './shop-verification.inputs.ts';

const ShopVerificationConnection = connectionOf(ShopVerification);

@Resolver(() => ShopVerification)
export class ShopVerificationResolver {
  @Query(() => ShopVerificationConnection, {
    nullable: true,
    description: 'The shops that wait to be let in, the longest first. Needs `commerce:shops.decide`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  shopVerifications(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Page<ShopVerification>> {
    return useCases.searchShopVerifications(args);
  }

  @FieldResolver(() => Shop, { nullable: true, description: 'Which shop says so.' })
  shop(@Root() { shopId }: ShopVerification, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who submitted it. Null while identity cannot be asked.' })
  submittedBy(@Root() { submittedBy }: ShopVerification): User {
    return { id: submittedBy };
  }

  @Mutation(() => ShopVerification, {
    nullable: true,
    description:
      'Asks for a shop to be let in. Needs `commerce:write`; `CONFLICT` while there is no answer to an earlier one.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @RateLimited({ max: 20, per: 'hour' })
  submitShopVerification(
    @Arg('input', () => SubmitShopVerificationInput, { description: 'What the shop says of itself.' })
    input: SubmitShopVerificationInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ShopVerification> {
    return useCases.submitShopVerification(input);
  }

  @Mutation(() => ShopVerification, {
    nullable: true,
    description:
      'Lets a shop in, or tells it why not. Needs `commerce:shops.decide`; `ILLEGAL_TRANSITION` when somebody else has ' +
      'decided before.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  decideShopVerification(
    @Arg('input', () => DecideShopVerificationInput, { description: 'Which one, and how.' })
    input: DecideShopVerificationInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ShopVerification> {
    return useCases.decideShopVerification(input);
  }
}
