import { createUnionType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Cart } from '../cart/cart.entity.ts';
import { CartProblem } from '../cart/cart.types.ts';
import { Order } from '../order/order.entity.ts';
import { Payment } from '../payment/payment.entity.ts';

@ObjectType({ description: 'It is bought: the order is placed.' })
export class CheckoutCompleted {
  @Field(() => Order, { description: 'The order.' })
  order!: Order;
}

@ObjectType({
  description:
    'It is held, and not yet paid: the buyer has to do what `payment.nextAction` says, or the bank takes its time. Ask again ' +
    'under the same key, or listen to `orderChanged`.',
})
export class CheckoutPending {
  @Field(() => Order, { description: 'The order.' })
  order!: Order;

  @Field(() => Payment, { nullable: true, description: 'How its payment stands.' })
  payment?: Payment | null;
}

@ObjectType({ description: 'It came to nothing, and nothing was paid. What was in the cart is still there.' })
export class CheckoutFailed {
  @Field(() => Order, { description: 'The order that came to nothing.' })
  order!: Order;

  @Field(() => String, { description: 'Why, for the buyer to read.' })
  reason!: string;
}

@ObjectType({ description: 'The cart cannot be bought as it is. Nothing was held or paid.' })
export class CartNotReady {
  @Field(() => Cart, { description: 'The cart.' })
  cart!: Cart;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [CartProblem], { description: 'What stands in the way.' })
  problems!: readonly CartProblem[];
}

@ObjectType({
  description:
    'The cart costs something else than the buyer was shown. Show it again, and agree with `acceptCartPrices`.',
})
export class PriceChanged {
  @Field(() => Cart, { description: 'The cart, with what it costs now.' })
  cart!: Cart;
}

@ObjectType({ description: 'Something of which there is less than is in the cart.' })
export class ShortItem {
  @Field(() => ID, { description: 'The product variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many are in the cart.' })
  requested!: number;

  @Field(() => Int, { description: 'How many can be had.' })
  available!: number;
}

@ObjectType({ description: 'There is not enough of something. Nothing was held or paid.' })
export class OutOfStock {
  @Field(() => Cart, { description: 'The cart.' })
  cart!: Cart;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [ShortItem], { description: 'Of what there is too little.' })
  items!: readonly ShortItem[];
}

export const CheckoutResult = createUnionType({
  name: 'CheckoutResult',
  description: 'What came of buying a cart.',
  types: () => [CheckoutCompleted, CheckoutPending, CheckoutFailed, CartNotReady, PriceChanged, OutOfStock] as const,
});
