import { permit } from '@supergraph/subgraph-kit';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Cart } from '../cart/cart.entity.ts';
import type { CommerceContext } from '../context.ts';
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
}
