import { connectionOf, ConnectionArguments, Money, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { maySeeAsShop } from '../payment/payment.policy.ts';
import { Shop } from '../shop/shop.entity.ts';
import { Payout } from './payout.entity.ts';
import { RequestPayoutInput } from './payout.inputs.ts';

const PayoutConnection = connectionOf(Payout);

@Resolver(() => Payout)
export class PayoutResolver {
  @FieldResolver(() => Shop, { nullable: true, description: 'Who is paid.' })
  shop(@Root() { shopId }: Payout, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @FieldResolver(() => Money, { description: 'How much it is.' })
  amount(@Root() { amount, currency }: Payout): Money {
    return new Money(amount, currency);
  }

  @Mutation(() => Payout, {
    nullable: true,
    description:
      'Has a part of a shop’s balance paid out: it leaves the balance at once, and comes back when it cannot be paid. ' +
      'Needs `commerce:refund`; `CONFLICT` when the balance is less.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:refund"]])')
  @Directive('@policy(policies: [["person", "organization"]])')
  @RateLimited({ max: 20, per: 'hour' })
  requestPayout(
    @Arg('input', () => RequestPayoutInput, { description: 'How much, and where to.' }) input: RequestPayoutInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Payout> {
    return useCases.requestPayout(input);
  }
}

@Resolver(() => Shop)
export class ShopPayoutsResolver {
  @FieldResolver(() => PayoutConnection, {
    nullable: true,
    description: 'What it was paid out, the latest first. For its own people with `commerce:read` and staff.',
  })
  @PagedList()
  @Directive('@authenticated')
  async payouts(
    @Root() shop: Shop,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Payout> | null> {
    return maySeeAsShop(session, shop) ? loaders.payoutsOfShop.load(shop.id, args) : null;
  }
}
