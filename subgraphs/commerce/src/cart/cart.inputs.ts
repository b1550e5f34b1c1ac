import { MoneyInput } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { MAX_QUANTITY } from './cart-entry.entity.ts';

const TOKEN = 'Of a guest’s cart. Not needed by whoever is signed in.';

@InputType()
class GuestToken {
  @Field(() => String, { nullable: true, description: TOKEN })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;
}

@ArgsType()
export class CartArguments {
  @Field(() => String, { nullable: true, description: TOKEN })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;
}

@InputType({ description: 'So many of something.' })
export class CartItemInput extends GuestToken {
  @Field(() => ID, { description: 'The product variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

@InputType({ description: 'Something to take out of a cart.' })
export class RemoveFromCartInput extends GuestToken {
  @Field(() => ID, { description: 'The product variant.' })
  variantId!: string;
}

@InputType({ description: 'A price as the buyer has seen it.' })
export class SeenPriceInput {
  @Field(() => ID, { description: 'The item of the cart.' })
  itemId!: string;

  @Field(() => MoneyInput, { description: 'What one of it costs, as in `CartItem.unitPrice`.' })
  @ValidateNested()
  unitPrice!: MoneyInput;
}

@InputType({ description: 'The prices a buyer agrees to.' })
export class AcceptCartPricesInput extends GuestToken {
  @Field(() => [SeenPriceInput], { description: 'As they were shown; up to 100.' })
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  prices!: SeenPriceInput[];
}

@InputType({ description: 'The code of a promotion.' })
export class PromotionCodeInput extends GuestToken {
  @Field(() => String, { description: 'Case does not matter.' })
  @Matches(/^[A-Za-z0-9-]{3,40}$/, { message: 'A code has 3 to 40 letters, digits and hyphens.' })
  code!: string;
}

@InputType({ description: 'The cart somebody filled before they signed in.' })
export class MergeGuestCartInput {
  @Field(() => String, { description: 'Its token.' })
  @MaxLength(100)
  token!: string;
}
