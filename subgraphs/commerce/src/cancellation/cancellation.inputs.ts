import { IsIdempotencyKey } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayMinSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { MAX_ORDER_ITEMS, OrderUnitsInput } from '../order/order.inputs.ts';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@InputType()
abstract class CancellationInput {
  @Field(() => [OrderUnitsInput], {
    nullable: true,
    description: 'How many of what, each item once. All that was not sent or cancelled unless told.',
  })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ORDER_ITEMS)
  @ValidateNested({ each: true })
  items?: OrderUnitsInput[] | null;

  @Field(() => String, {
    description: 'Asking again under the same key cancels nothing more: 1 to 128 printable characters.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What a buyer does not want any more.' })
export class CancelOrderInput extends CancellationInput {
  @Field(() => ID, { description: 'Of which order.' })
  orderId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'For a guest: the token of the cart it was made from. Not needed by whoever is signed in.',
  })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for the shops to read, up to 500 characters.' })
  @IsOptional()
  @IsPlainLine(500)
  reason?: string | null;
}

@InputType({ description: 'What a shop cannot send.' })
export class CancelShopOrderInput extends CancellationInput {
  @Field(() => ID, { description: 'Of which part of an order.' })
  shopOrderId!: string;

  @Field(() => String, { description: 'Why, for the buyer to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;
}
