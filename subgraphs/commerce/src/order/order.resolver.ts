import { Money, type Page, PagedList } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { CartTotals, totalsOf } from '../cart/cart.types.ts';
import type { CommerceContext } from '../context.ts';
import { Payment } from '../payment/payment.entity.ts';
import { User } from '../references/user.reference.ts';
import { OrderConnection } from './order.connection.ts';
import { Order } from './order.entity.ts';
import { OrderArguments, OrderListArguments } from './order.inputs.ts';
import { OrderStep } from './order-step.entity.ts';
import { ShopOrder } from './shop-order.entity.ts';

@Resolver(() => Order)
export class OrderResolver {
  @Query(() => OrderConnection, { nullable: true, description: 'What the caller has bought, the latest first.' })
  @PagedList()
  @Directive('@policy(policies: [["person"]])')
  async orders(
    @Args(() => OrderListArguments) args: OrderListArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Order>> {
    return loaders.ordersOfUser.load(session.requirePerson(), args);
  }

  @Query(() => Order, {
    nullable: true,
    description: 'One order of the caller’s, or of a guest who has the token of its cart; null for any other.',
  })
  order(@Args(() => OrderArguments) args: OrderArguments, @Ctx() { useCases }: CommerceContext): Promise<Order | null> {
    return useCases.findOrder(args);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who bought it; null for a guest, and while identity cannot be asked.',
  })
  customer(@Root() { userId }: Order): User | null {
    return userId ? { id: userId } : null;
  }

  @FieldResolver(() => CartTotals, { description: 'What is paid in all: the sum of what its shops are paid.' })
  totals(@Root() order: Order): CartTotals {
    return totalsOf(order);
  }

  @FieldResolver(() => Payment, {
    nullable: true,
    description: 'How it was paid, with what was given back. Null where there was nothing to pay, and for a guest.',
  })
  @Directive('@authenticated')
  async payment(@Root() { paymentId }: Order, @Ctx() { loaders }: CommerceContext): Promise<Payment | null> {
    return paymentId ? loaders.paymentById.load(paymentId) : null;
  }

  @FieldResolver(() => Money, { description: 'How much of it was given back, or is about to be.' })
  async refunded(@Root() { id, currency }: Order, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    return new Money(await loaders.refundedOfOrder.load(id), currency);
  }

  @FieldResolver(() => [ShopOrder], { description: 'Its part of each shop.' })
  @Directive('@listSize(assumedSize: 5)')
  shopOrders(@Root() { id }: Order, @Ctx() { loaders }: CommerceContext): Promise<ShopOrder[]> {
    return loaders.shopOrdersOfOrder.load(id);
  }

  @FieldResolver(() => [OrderStep], { description: 'What became of it, step by step.' })
  @Directive('@listSize(assumedSize: 10)')
  steps(@Root() { id }: Order, @Ctx() { loaders }: CommerceContext): Promise<OrderStep[]> {
    return loaders.stepsOfOrder.load(id);
  }
}
