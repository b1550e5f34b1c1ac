import { connectionOf, Money, type Page, PagedList, permit, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { OrderItem } from '../order/order-item.entity.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { Shop } from '../shop/shop.entity.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { ReturnItem } from './return-item.entity.ts';
import { ReturnRequest } from './return-request.entity.ts';
import {
  ApproveReturnInput,
  DeclineReturnInput,
  ReceiveReturnInput,
  RequestReturnInput,
  ReturnListArguments,
  WithdrawReturnInput,
} from './return.inputs.ts';

const ReturnConnection = connectionOf(ReturnRequest, 'Return');

@Resolver(() => ReturnRequest)
export class ReturnResolver {
  @FieldResolver(() => ShopOrder, { nullable: true, description: 'Of what it is sent back. Null for a guest.' })
  shopOrder(@Root() { shopOrderId }: ReturnRequest, @Ctx() { loaders }: CommerceContext): Promise<ShopOrder | null> {
    return loaders.shopOrderById.load(shopOrderId);
  }

  @FieldResolver(() => [ReturnItem], { description: 'What is in it, up to 100.' })
  @Directive('@listSize(assumedSize: 10)')
  items(@Root() { id }: ReturnRequest, @Ctx() { loaders }: CommerceContext): Promise<ReturnItem[]> {
    return loaders.itemsOfReturn.load(id);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What goes back to the buyer; null until it was received.',
  })
  refund(@Root() { refund, currency }: ReturnRequest): Money | null {
    return typeof refund === 'number' ? new Money(refund, currency) : null;
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the shop keeps of what was paid for it; null until it was received.',
  })
  kept(@Root() { kept, currency }: ReturnRequest): Money | null {
    return typeof kept === 'number' ? new Money(kept, currency) : null;
  }

  @Mutation(() => ReturnRequest, {
    nullable: true,
    description:
      'Asks to send something back that was delivered to the caller, within `ShopOrder.returnDays` of that. `CONFLICT` for ' +
      'more than there is, whose time is over, or that another return is about.',
  })
  @RateLimited({ max: 30, per: 'minute' })
  requestReturn(
    @Arg('input', () => RequestReturnInput, { description: 'What, and why.' }) input: RequestReturnInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ReturnRequest> {
    return useCases.requestReturn(input);
  }

  @Mutation(() => ReturnRequest, {
    nullable: true,
    description: 'Keeps something after all. `ILLEGAL_TRANSITION` once it was received or declined.',
  })
  @RateLimited({ max: 30, per: 'minute' })
  withdrawReturn(
    @Arg('input', () => WithdrawReturnInput, { description: 'Which return.' }) input: WithdrawReturnInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ReturnRequest> {
    return useCases.withdrawReturn(input);
  }

  @Mutation(() => ReturnRequest, {
    nullable: true,
    description: 'Agrees to a return: the buyer is to send it. Needs `commerce:write`; `ILLEGAL_TRANSITION`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  approveReturn(
    @Arg('input', () => ApproveReturnInput, { description: 'Which return.' }) input: ApproveReturnInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ReturnRequest> {
    return useCases.approveReturn(input);
  }

  @Mutation(() => ReturnRequest, {
    nullable: true,
    description: 'Does not agree to a return. Needs `commerce:write`; `ILLEGAL_TRANSITION` once it was decided.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  declineReturn(
    @Arg('input', () => DeclineReturnInput, { description: 'Which return, and why.' }) input: DeclineReturnInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ReturnRequest> {
    return useCases.declineReturn(input);
  }

  @Mutation(() => ReturnRequest, {
    nullable: true,
    description:
      'Notes what came back of a return: what can be sold is in stock again, and the money goes back, but for what the shop ' +
      'keeps. Needs `commerce:write` and `commerce:refund`; `CONFLICT` for more than was to come back or was paid, ' +
      '`ILLEGAL_TRANSITION` unless it was approved.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write", "commerce:refund"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 120, per: 'minute' })
  receiveReturn(
    @Arg('input', () => ReceiveReturnInput, { description: 'What came back.' }) input: ReceiveReturnInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ReturnRequest> {
    return useCases.receiveReturn(input);
  }
}

@Resolver(() => ReturnItem)
export class ReturnItemResolver {
  @FieldResolver(() => OrderItem, { description: 'What it is.' })
  item(@Root() { orderItemId }: ReturnItem, @Ctx() { loaders }: CommerceContext): Promise<OrderItem> {
    return loaders.orderItemById.load(orderItemId);
  }
}

/** What can be sent back, and what is. */
@Resolver(() => OrderItem)
export class OrderItemReturnsResolver {
  @FieldResolver(() => Int, {
    description: 'How many of them a return can be asked for now: delivered, in time, and not in another one.',
  })
  returnable(@Root() { id }: OrderItem, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return loaders.returnableOfItem.load(id);
  }
}

@Resolver(() => ShopOrder)
export class ShopOrderReturnsResolver {
  @FieldResolver(() => [ReturnRequest], { description: 'What is sent back of it, the first one first; up to 50.' })
  @Directive('@listSize(assumedSize: 2)')
  returns(@Root() { id }: ShopOrder, @Ctx() { loaders }: CommerceContext): Promise<ReturnRequest[]> {
    return loaders.returnsOfShopOrder.load(id);
  }
}

@Resolver(() => Shop)
export class ShopReturnsResolver {
  @FieldResolver(() => ReturnConnection, {
    nullable: true,
    description: 'What is sent back to it, the latest first. Only for its own people with `commerce:read`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  async returns(
    @Root() shop: Shop,
    @Args(() => ReturnListArguments) args: ReturnListArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<ReturnRequest>> {
    permit(session, mayListShopsOf(session, shop.organizationId));
    return loaders.returnsOfShop.load(shop.id, args);
  }
}
