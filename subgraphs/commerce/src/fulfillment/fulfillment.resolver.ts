import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { OrderItem } from '../order/order-item.entity.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { FulfillmentItem } from './fulfillment-item.entity.ts';
import { Fulfillment } from './fulfillment.entity.ts';
import {
  CorrectTrackingInput,
  FulfillShopOrderInput,
  RecordDeliveryInput,
  UndoFulfillmentInput,
} from './fulfillment.inputs.ts';

@Resolver(() => Fulfillment)
export class FulfillmentResolver {
  @FieldResolver(() => ShopOrder, { nullable: true, description: 'Of what it was sent. Null for a guest.' })
  shopOrder(@Root() { shopOrderId }: Fulfillment, @Ctx() { loaders }: CommerceContext): Promise<ShopOrder | null> {
    return loaders.shopOrderById.load(shopOrderId);
  }

  @FieldResolver(() => [FulfillmentItem], { description: 'What is in it, up to 100.' })
  @Directive('@listSize(assumedSize: 10)')
  items(@Root() { id }: Fulfillment, @Ctx() { loaders }: CommerceContext): Promise<FulfillmentItem[]> {
    return loaders.itemsOfFulfillment.load(id);
  }

  @Mutation(() => Fulfillment, {
    nullable: true,
    description:
      'Notes that a shop sent what is left of its part of an order, or some of it. A suspended shop may. Needs ' +
      '`commerce:write`; `CONFLICT` when there are not that many left, `ILLEGAL_TRANSITION` for what was not paid.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 300, per: 'minute' })
  fulfillShopOrder(
    @Arg('input', () => FulfillShopOrderInput, { description: 'What is in it, and who carries it.' })
    input: FulfillShopOrderInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Fulfillment> {
    return useCases.fulfillShopOrder(input);
  }

  @Mutation(() => Fulfillment, {
    nullable: true,
    description:
      'Says anew where a parcel can be followed. Needs `commerce:write`; `ILLEGAL_TRANSITION` for one that was undone.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  correctTracking(
    @Arg('input', () => CorrectTrackingInput, { description: 'Which parcel, and where.' }) input: CorrectTrackingInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Fulfillment> {
    return useCases.correctTracking(input);
  }

  @Mutation(() => Fulfillment, {
    nullable: true,
    description:
      'Notes that a parcel has arrived. Needs `commerce:write`; `ILLEGAL_TRANSITION` unless it is on its way.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  recordDelivery(
    @Arg('input', () => RecordDeliveryInput, { description: 'Which parcel.' }) input: RecordDeliveryInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Fulfillment> {
    return useCases.recordDelivery(input);
  }

  @Mutation(() => Fulfillment, {
    nullable: true,
    description:
      'Takes a parcel back that was noted by mistake: what is in it is still to be sent. Needs `commerce:write`; ' +
      '`ILLEGAL_TRANSITION` unless it is on its way.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  undoFulfillment(
    @Arg('input', () => UndoFulfillmentInput, { description: 'Which parcel, and why.' }) input: UndoFulfillmentInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Fulfillment> {
    return useCases.undoFulfillment(input);
  }
}

@Resolver(() => FulfillmentItem)
export class FulfillmentItemResolver {
  @FieldResolver(() => OrderItem, { description: 'What it is.' })
  item(@Root() { orderItemId }: FulfillmentItem, @Ctx() { loaders }: CommerceContext): Promise<OrderItem> {
    return loaders.orderItemById.load(orderItemId);
  }
}

@Resolver(() => ShopOrder)
export class ShopOrderFulfillmentsResolver {
  @FieldResolver(() => [Fulfillment], { description: 'What was sent of it, the first one first; up to 200.' })
  @Directive('@listSize(assumedSize: 3)')
  fulfillments(@Root() { id }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<Fulfillment[]> {
    return loaders.fulfillmentsOfShopOrder.load(id);
  }
}
