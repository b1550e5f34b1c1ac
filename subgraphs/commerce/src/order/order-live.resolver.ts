import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { Order } from './order.entity.ts';
import { type OrderHint, ordersOfShopChannel, ordersOfUserChannel } from './order.live.ts';
import { ShopOrder } from './shop-order.entity.ts';

/** What open clients of buyers and shops hear of at once. Each event is loaded afresh, as whoever listens. */
@Resolver()
export class OrderLiveResolver {
  @Subscription(() => Order, {
    description: 'An order of the caller’s that took a step. What comes while nobody listens is in `orders`.',
    subscribe: ({ context }: { context: CommerceContext }) =>
      context.live.subscribe<OrderHint>(ordersOfUserChannel(context.session.requirePerson())),
  })
  @Directive('@policy(policies: [["person"]])')
  async orderChanged(@Root() { id }: OrderHint, @Ctx() { loaders }: CommerceContext): Promise<Order> {
    const order = await loaders.orderById.load(id);
    if (!order) throw notFound('Order');
    return order;
  }

  @Subscription(() => ShopOrder, {
    description:
      'A shop’s part of an order that took a step. Only for its own people with `commerce:read`. What comes while nobody ' +
      'listens is in `Shop.orders`.',
    subscribe: async ({ args, context }: { args: { shopId: string }; context: CommerceContext }) => {
      const shop = await context.loaders.shopById.load(parseId('Shop', args.shopId));
      if (!shop) throw notFound('Shop');
      permit(context.session, mayListShopsOf(context.session, shop.organizationId));
      return context.live.subscribe<OrderHint>(ordersOfShopChannel(shop.id));
    },
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  async shopOrderChanged(
    @Arg('shopId', () => ID, { description: 'Of which shop.' }) _shopId: string,
    @Root() { id }: OrderHint,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<ShopOrder> {
    const order = await loaders.shopOrderById.load(id);
    if (!order) throw notFound('ShopOrder');
    return order;
  }
}
