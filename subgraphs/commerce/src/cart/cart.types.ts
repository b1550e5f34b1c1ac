import { Money } from '@supergraph/subgraph-kit';
import type { Price } from '../pricing/price-lines.ts';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum CartProblemKind {
  NOT_FOR_SALE = 'NOT_FOR_SALE',
  SHOP_NOT_OPEN = 'SHOP_NOT_OPEN',
  PRICE_CHANGED = 'PRICE_CHANGED',
  NOT_ENOUGH_STOCK = 'NOT_ENOUGH_STOCK',
}

registerEnumType(CartProblemKind, {
  name: 'CartProblemKind',
  description: 'Why something in a cart cannot be bought as it is.',
  valuesConfig: {
    NOT_FOR_SALE: { description: 'It is not offered any more. Remove it.' },
    SHOP_NOT_OPEN: { description: 'Its shop does not sell at the moment. Remove it, or wait.' },
    NOT_ENOUGH_STOCK: { description: 'There is less of it, or none. Take fewer, remove it, or wait.' },
    PRICE_CHANGED: { description: 'It costs more or less than the buyer agreed to. `acceptCartPrices` agrees anew.' },
  },
});

@ObjectType({ description: 'What stands between a cart and an order.' })
export class CartProblem {
  @Field(() => CartProblemKind, { description: 'For programs.' })
  kind!: CartProblemKind;

  @Field(() => String, { description: 'For people; names what it is about.' })
  message!: string;

  @Field(() => ID, { description: 'The item it is about.' })
  itemId!: string;
}

@ObjectType({ description: 'So much of one thing in a cart, at what it costs now.' })
export class CartItem {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;

  @Field(() => ID, { description: 'The product variant.' })
  variantId!: string;

  shopId!: string;

  @Field(() => String, { description: 'Product and variant, for people.' })
  title!: string;

  @Field(() => String, { description: 'The shop’s own number for it.' })
  sku!: string;

  @Field(() => String, { description: 'Who sells it.' })
  shopName!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  quantity!: number;

  @Field(() => Money, { description: 'What one costs now, as the shop shows it.' })
  unitPrice!: Money;

  @Field(() => Money, { description: 'What one cost when the buyer last agreed.' })
  agreedUnitPrice!: Money;

  @Field(() => Money, { nullable: true, description: 'What promotions take off. Null when it cannot be bought.' })
  discount?: Money | null;

  @Field(() => Money, { nullable: true, description: 'The tax in `total`. Null when it cannot be bought.' })
  tax?: Money | null;

  @Field(() => Money, { nullable: true, description: 'What is paid for all of it. Null when it cannot be bought.' })
  total?: Money | null;
}

@ObjectType({ description: 'What is paid for, in all or to one shop.' })
export class CartTotals {
  @Field(() => Money, { description: 'At the prices the shops show.' })
  subtotal!: Money;

  @Field(() => Money, { description: 'What promotions take off.' })
  discount!: Money;

  @Field(() => Money, { description: 'The tax in `total`.' })
  tax!: Money;

  @Field(() => Money, { description: 'What is to be paid.' })
  total!: Money;
}

/** Four amounts of one currency, in minor units. */
export function totalsOf({
  currency,
  subtotal,
  discount,
  tax,
  total,
}: Price & { readonly currency: string }): CartTotals {
  const money = (amount: number) => new Money(amount, currency);
  return { subtotal: money(subtotal), discount: money(discount), tax: money(tax), total: money(total) };
}

@ObjectType({ description: 'The part of a cart that one shop sells.' })
export class CartShop {
  shopId!: string;

  @Field(() => String, { description: 'As buyers know it.' })
  shopName!: string;

  @Field(() => CartTotals, { description: 'What is paid to this shop.' })
  totals!: CartTotals;
}

@ObjectType({ description: 'A promotion whose code was given.' })
export class AppliedPromotion {
  @Field(() => String, { description: 'As it was given.' })
  code!: string;

  @Field(() => String, { description: 'What it is.' })
  description!: string;

  @Field(() => Boolean, {
    description: 'Whether it takes anything off now. Not when it is over, or less is bought than it asks for.',
  })
  counts!: boolean;
}

/** Everything there is to say of a cart at one moment. */
export interface CartSummary {
  readonly items: readonly CartItem[];
  readonly shops: readonly CartShop[];
  readonly promotions: readonly AppliedPromotion[];
  readonly totals: CartTotals | null;
  readonly problems: readonly CartProblem[];
}
