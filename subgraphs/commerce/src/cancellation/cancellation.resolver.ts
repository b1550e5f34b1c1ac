import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Order } from '../order/order.entity.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { CancelOrderInput, CancelShopOrderInput } from './cancellation.inputs.ts';

@Resolver()
export class CancellationResolver {
  @Mutation(() => Order, {
    nullable: true,
    description:
      'Cancels what was not sent of an order of the caller’s, or some of it: what was paid for it goes back. `CONFLICT` for ' +
      'what was sent meanwhile, `ILLEGAL_TRANSITION` for an order that was not placed: that ends by itself.',
  })
  @RateLimited({ max: 30, per: 'minute' })
  cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'Which order, and what of it.' }) input: CancelOrderInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Order> {
    return useCases.cancelOrder(input);
  }

  @Mutation(() => ShopOrder, {
    nullable: true,
    description:
      'Cancels what a shop cannot send of its part of an order, or some of it: what was paid for it goes back. Needs ' +
      '`commerce:write` and `commerce:refund`; `CONFLICT` for what was sent or cancelled meanwhile.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write", "commerce:refund"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 120, per: 'minute' })
  cancelShopOrder(
    @Arg('input', () => CancelShopOrderInput, { description: 'Which part, what of it, and why.' })
    input: CancelShopOrderInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ShopOrder> {
    return useCases.cancelShopOrder(input);
  }
}
