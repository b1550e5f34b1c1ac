import { ConnectionArguments, IsIdempotencyKey, MoneyInput } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayMinSize, IsEnum, IsOptional, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { MAX_ORDER_ITEMS, OrderUnitsInput } from '../order/order.inputs.ts';
import { IsPlainLine } from '../shop/plain-text.rule.ts';
import { ReturnReason, ReturnState } from './return-state.ts';

@InputType()
abstract class GuestInput {
  @Field(() => String, {
    nullable: true,
    description: 'For a guest: the token of the cart it was bought with. Not needed by whoever is signed in.',
  })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;
}

@InputType({ description: 'What a buyer wants to send back, and why.' })
export class RequestReturnInput extends GuestInput {
  @Field(() => ID, { description: 'What it was ordered with.' })
  shopOrderId!: string;

  @Field(() => [OrderUnitsInput], { description: 'How many of what, each item once, up to 100 items.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ORDER_ITEMS)
  @ValidateNested({ each: true })
  items!: OrderUnitsInput[];

  @Field(() => ReturnReason, { description: 'Why.' })
  @IsEnum(ReturnReason)
  reason!: ReturnReason;

  @Field(() => String, { nullable: true, description: 'More of it for the shop to read, up to 500 characters.' })
  @IsOptional()
  @IsPlainLine(500)
  note?: string | null;

  @Field(() => String, {
    description: 'Asking again under the same key is the same return: 1 to 128 printable characters.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}

@InputType({ description: 'What a buyer keeps after all.' })
export class WithdrawReturnInput extends GuestInput {
  @Field(() => ID, { description: 'Which return.' })
  returnId!: string;
}

@InputType({ description: 'A return that a shop agrees to.' })
export class ApproveReturnInput {
  @Field(() => ID, { description: 'Which return.' })
  returnId!: string;
}

@InputType({ description: 'A return that a shop does not agree to.' })
export class DeclineReturnInput {
  @Field(() => ID, { description: 'Which return.' })
  returnId!: string;

  @Field(() => String, { description: 'Why, for the buyer to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;
}

@InputType({ description: 'What of an item came back.' })
export class ReceivedUnitsInput {
  @Field(() => ID, { description: 'Of which `OrderItem`.' })
  orderItemId!: string;

  @Field(() => Int, { defaultValue: 0, description: 'How many are sold again, up to 999.' })
  @Min(0)
  @Max(999)
  restocked!: number;

  @Field(() => Int, { defaultValue: 0, description: 'How many cannot be sold any more, up to 999.' })
  @Min(0)
  @Max(999)
  damaged!: number;
}

@InputType({ description: 'What came back, and what the shop keeps of the money.' })
export class ReceiveReturnInput {
  @Field(() => ID, { description: 'Which return.' })
  returnId!: string;

  @Field(() => [ReceivedUnitsInput], {
    description: 'What came back of each item, each once; nothing of those that are left out.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ORDER_ITEMS)
  @ValidateNested({ each: true })
  items!: ReceivedUnitsInput[];

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What the shop keeps of what was paid for it, no more than that; nothing unless told.',
  })
  @IsOptional()
  @ValidateNested()
  keep?: MoneyInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it keeps that, for the buyer to read, up to 500 characters. Needed where it keeps something.',
  })
  @IsOptional()
  @IsPlainLine(500)
  reason?: string | null;

  @Field(() => String, {
    description: 'Asking again under the same key gives no more back: 1 to 128 printable characters.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}

@ArgsType()
export class ReturnListArguments extends ConnectionArguments {
  @Field(() => ReturnState, { nullable: true, description: 'Those in this state; in any unless told.' })
  @IsOptional()
  @IsEnum(ReturnState)
  state?: ReturnState | null;
}
