import { Money, notFound, type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { CartTotals, totalsOf } from '../cart/cart.types.ts';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { OrderItem } from './order-item.entity.ts';
import { OrderStep } from './order-step.entity.ts';
import { ShopOrderConnection } from './order.connection.ts';
import { Order } from './order.entity.ts';
import { OrderListArguments } from './order.inputs.ts';
import { ShippingAddress } from './shipping-address.ts';
import { ShopOrder } from './shop-order.entity.ts';

@Resolver(() => ShopOrder)
export class ShopOrderResolver {
  @FieldResolver(() => Order, { nullable: true, description: 'The whole order. Only for its buyer.' })
  order(@Root() { orderId }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<Order | null> {
    return loaders.orderById.load(orderId);
  }

  @FieldResolver(() => Shop, { nullable: true, description: 'Who sells it; null when the shop is not open any more.' })
  shop(@Root() { shopId }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @FieldResolver(() => CartTotals, { description: 'What is paid for it: the sum of its items.' })
  totals(@Root() order: ShopOrder): CartTotals {
    return totalsOf(order);
  }

  @FieldResolver(() => Money, { description: 'How much of it was given back, or is about to be.' })
  async refunded(@Root() { id, currency }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    return new Money(await loaders.refundedOfShopOrder.load(id), currency);
  }

  @FieldResolver(() => [OrderItem], { description: 'What was bought, up to 100.' })
  @Directive('@listSize(assumedSize: 10)')
  items(@Root() { id }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<OrderItem[]> {
    return loaders.itemsOfShopOrder.load(id);
  }

  @FieldResolver(() => ShippingAddress, { nullable: true, description: 'Where it goes.' })
  async shippingAddress(@Root() { orderId }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<ShippingAddress> {
    const address = await loaders.addressOfOrder.load(orderId);
    if (!address) throw notFound('Order');
    return address;
  }

  @FieldResolver(() => [OrderStep], { description: 'What became of it, step by step.' })
  @Directive('@listSize(assumedSize: 10)')
  steps(@Root() { id }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<OrderStep[]> {
    return loaders.stepsOfShopOrder.load(id);
  }
}

@Resolver(() => OrderItem)
export class OrderItemResolver {
  @FieldResolver(() => Int, { description: 'How many of them can still be cancelled: those that were not sent.' })
  async cancellable(@Root() item: OrderItem, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.isPlaced.load(item.orderId)) ? item.unsent : 0;
  }

  @FieldResolver(() => Money, { description: 'What one cost, as the shop showed it.' })
  unitPrice(@Root() { unitPrice, currency }: OrderItem): Money {
    return new Money(unitPrice, currency);
  }

  @FieldResolver(() => CartTotals, { description: 'What was paid for all of it.' })
  totals(@Root() item: OrderItem): CartTotals {
    return totalsOf(item);
  }
}

/** What a shop has to send. */
@Resolver(() => Shop)
export class ShopOrdersResolver {
  @FieldResolver(() => ShopOrderConnection, {
    nullable: true,
    description: 'What was bought of it, the latest first. Only for its own people with `commerce:read`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  async orders(
    @Root() shop: Shop,
    @Args(() => OrderListArguments) args: OrderListArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<ShopOrder>> {
    permit(session, mayListShopsOf(session, shop.organizationId));
    return loaders.ordersOfShop.load(shop.id, args);
  }
}
