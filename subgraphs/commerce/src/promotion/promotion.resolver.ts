import { ConnectionArguments, Money, type Page, PagedList, permit, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { PromotionConnection } from './promotion.connection.ts';
import { Promotion } from './promotion.entity.ts';
import { CreatePromotionInput, EndPromotionInput } from './promotion.inputs.ts';

@Resolver(() => Promotion)
export class PromotionResolver {
  @Query(() => PromotionConnection, {
    nullable: true,
    description: 'The promotions of the platform, the latest first. Needs `commerce:shops.decide`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  platformPromotions(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Page<Promotion>> {
    return useCases.listPlatformPromotions(args);
  }

  @FieldResolver(() => Shop, { nullable: true, description: 'Whose it is; null for one of the platform.' })
  async shop(@Root() { shopId }: Promotion, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return shopId ? loaders.shopById.load(shopId) : null;
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Off the price. Either this or `rate`.' })
  amount(@Root() { amount, currency }: Promotion): Money | null {
    return typeof amount === 'number' ? new Money(amount, currency) : null;
  }

  @FieldResolver(() => Money, { description: 'What has to be paid before it for it to count.' })
  minimum(@Root() { minimum, currency }: Promotion): Money {
    return new Money(minimum, currency);
  }

  @Mutation(() => Promotion, {
    nullable: true,
    description:
      'Makes a promotion of a shop, which needs `commerce:write`, or of the platform, which needs ' +
      '`commerce:shops.decide`. `CONFLICT` for a code that was ever given.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"], ["commerce:shops.decide"]])')
  @RateLimited({ max: 60, per: 'hour' })
  createPromotion(
    @Arg('input', () => CreatePromotionInput, { description: 'The new promotion.' }) input: CreatePromotionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Promotion> {
    return useCases.createPromotion(input);
  }

  @Mutation(() => Promotion, {
    nullable: true,
    description: 'Ends a promotion at once. Needs the same permission as to make it.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"], ["commerce:shops.decide"]])')
  endPromotion(
    @Arg('input', () => EndPromotionInput, { description: 'Which one.' }) input: EndPromotionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Promotion> {
    return useCases.endPromotion(input);
  }
}

/** What the shop's own people see of it. */
@Resolver(() => Shop)
export class ShopPromotionsResolver {
  @FieldResolver(() => PromotionConnection, {
    nullable: true,
    description: 'Its promotions, the latest first. Only for its own people with `commerce:read`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  async promotions(
    @Root() shop: Shop,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Promotion>> {
    permit(session, mayListShopsOf(session, shop.organizationId));
    return loaders.promotionsOfShop.load(shop.id, args);
  }
}
