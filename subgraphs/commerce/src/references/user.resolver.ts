import { type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Cart } from '../cart/cart.entity.ts';
import type { CommerceContext } from '../context.ts';
import { OrderConnection } from '../order/order.connection.ts';
import type { Order } from '../order/order.entity.ts';
import { OrderListArguments } from '../order/order.inputs.ts';
import { User } from './user.reference.ts';

@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => Cart, {
    nullable: true,
    description: 'What this user is about to buy. Only for the user; for anybody else null, with `FORBIDDEN`.',
  })
  @Directive('@policy(policies: [["person"]])')
  async cart(@Root() { id }: User, @Ctx() { session, loaders }: CommerceContext): Promise<Cart | null> {
    permit(session, session.is(id));
    return loaders.cartOfUser.load(id);
  }

  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description:
      'What this user has bought, the latest first. Only for the user; for anybody else null, with `FORBIDDEN`.',
  })
  @PagedList()
  @Directive('@policy(policies: [["person"]])')
  async orders(
    @Root() { id }: User,
    @Args(() => OrderListArguments) args: OrderListArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Order>> {
    permit(session, session.is(id));
    return loaders.ordersOfUser.load(id, args);
  }
}
