import { RateLimited } from '@supergraph/subgraph-kit';
import {
  Arg,
  Args,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Cart } from './cart.entity.ts';
import {
  AcceptCartPricesInput,
  CartArguments,
  CartItemInput,
  MergeGuestCartInput,
  PromotionCodeInput,
  RemoveFromCartInput,
} from './cart.inputs.ts';
import { AppliedPromotion, CartItem, CartProblem, CartShop, CartTotals } from './cart.types.ts';
import type { ChangedCart } from './take-cart.ts';

@ObjectType({ description: 'A cart that was changed.' })
export class CartChanged implements ChangedCart {
  @Field(() => Cart, { description: 'As it is now.' })
  cart!: Cart;

  @Field(() => String, {
    nullable: true,
    description: 'Of a guest’s cart that was just made. Shown once: whoever has it has the cart.',
  })
  token!: string | null;
}

@Resolver(() => Cart)
export class CartResolver {
  @Query(() => Cart, { nullable: true, description: 'The caller’s cart; null while there is nothing in it.' })
  cart(@Args(() => CartArguments) args: CartArguments, @Ctx() { useCases }: CommerceContext): Promise<Cart | null> {
    return useCases.findCart(args);
  }

  @FieldResolver(() => [CartItem], { description: 'What is in it, in the order it was added; up to 100.' })
  @Directive('@listSize(assumedSize: 10)')
  async items(@Root() { id }: Cart, @Ctx() { loaders }: CommerceContext): Promise<readonly CartItem[]> {
    return (await loaders.cartSummary.load(id)).items;
  }

  @FieldResolver(() => [CartShop], { description: 'What is paid to each shop.' })
  @Directive('@listSize(assumedSize: 5)')
  async shops(@Root() { id }: Cart, @Ctx() { loaders }: CommerceContext): Promise<readonly CartShop[]> {
    return (await loaders.cartSummary.load(id)).shops;
  }

  @FieldResolver(() => CartTotals, {
    nullable: true,
    description: 'What is to be paid in all, for what can be bought now. Null while it is empty.',
  })
  async totals(@Root() { id }: Cart, @Ctx() { loaders }: CommerceContext): Promise<CartTotals | null> {
    return (await loaders.cartSummary.load(id)).totals;
  }

  @FieldResolver(() => [AppliedPromotion], { description: 'The codes that were given, up to 5.' })
  @Directive('@listSize(assumedSize: 5)')
  async promotions(@Root() { id }: Cart, @Ctx() { loaders }: CommerceContext): Promise<readonly AppliedPromotion[]> {
    return (await loaders.cartSummary.load(id)).promotions;
  }

  @FieldResolver(() => [CartProblem], {
    description: 'What stands between it and an order; none when it can be bought.',
  })
  @Directive('@listSize(assumedSize: 5)')
  async problems(@Root() { id }: Cart, @Ctx() { loaders }: CommerceContext): Promise<readonly CartProblem[]> {
    return (await loaders.cartSummary.load(id)).problems;
  }

  @Mutation(() => CartChanged, {
    nullable: true,
    description:
      'Puts something into the caller’s cart, or more of what is in it, at what it costs now. `NOT_FOUND` for what is not ' +
      'on offer, `BAD_USER_INPUT` for another currency than that of the cart.',
  })
  @RateLimited({ max: 120, per: 'minute' })
  addToCart(
    @Arg('input', () => CartItemInput, { description: 'How many of what.' }) input: CartItemInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.addToCart(input);
  }

  @Mutation(() => CartChanged, { nullable: true, description: 'Makes it so many of something that is in the cart.' })
  @RateLimited({ max: 120, per: 'minute' })
  changeCartItem(
    @Arg('input', () => CartItemInput, { description: 'How many of what.' }) input: CartItemInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.changeCartItem(input);
  }

  @Mutation(() => CartChanged, { nullable: true, description: 'Takes something out of the cart.' })
  @RateLimited({ max: 120, per: 'minute' })
  removeFromCart(
    @Arg('input', () => RemoveFromCartInput, { description: 'What.' }) input: RemoveFromCartInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.removeFromCart(input);
  }

  @Mutation(() => CartChanged, {
    nullable: true,
    description: 'Agrees to prices that have changed. `CONFLICT` when one is another again than the one that is named.',
  })
  acceptCartPrices(
    @Arg('input', () => AcceptCartPricesInput, { description: 'The prices.' }) input: AcceptCartPricesInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.acceptCartPrices(input);
  }

  @Mutation(() => CartChanged, {
    nullable: true,
    description: 'Gives the code of a promotion. `NOT_FOUND` for one there is not, or whose time is over.',
  })
  @RateLimited({ max: 20, per: 'minute' })
  applyPromotion(
    @Arg('input', () => PromotionCodeInput, { description: 'The code.' }) input: PromotionCodeInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.applyPromotion(input);
  }

  @Mutation(() => CartChanged, { nullable: true, description: 'Takes the code of a promotion back.' })
  removePromotion(
    @Arg('input', () => PromotionCodeInput, { description: 'The code.' }) input: PromotionCodeInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.removePromotion(input);
  }

  @Mutation(() => CartChanged, {
    nullable: true,
    description:
      'Adds what somebody picked before they signed in to their own cart. `NOT_FOUND` when that was done before, ' +
      '`BAD_USER_INPUT` when the two are of different currencies.',
  })
  @Directive('@policy(policies: [["person"]])')
  mergeGuestCart(
    @Arg('input', () => MergeGuestCartInput, { description: 'Which cart.' }) input: MergeGuestCartInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<CartChanged> {
    return useCases.mergeGuestCart(input);
  }
}
