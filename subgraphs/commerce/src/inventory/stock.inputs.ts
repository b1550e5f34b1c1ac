import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsOptional, Length, Max, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';
import { MAX_QUANTITY } from './stock-lines.ts';
import { StockReservationState } from './stock-reservation.entity.ts';

/** As the table has it. */
export const MAX_ON_HAND = 1_000_000_000;

const KEY = 'The same key with the same input gives the first result again.';

/** What every change of stock says. */
@InputType()
abstract class StockChangeInput {
  @Field(() => ID, { description: 'Which variant.' })
  variantId!: string;

  @Field(() => String, { nullable: true, description: 'What to note about it, in one line of up to 500 characters.' })
  @IsOptional()
  @IsPlainLine(500)
  note?: string | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'What a shop got of a variant.' })
export class ReceiveStockInput extends StockChangeInput {
  @Field(() => Int, { description: 'How much, 1 to 1000000.' })
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

@InputType({ description: 'What cannot be sold any more of a variant.' })
export class RecordDamageInput extends StockChangeInput {
  @Field(() => Int, { description: 'How much, 1 to 1000000.' })
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

@InputType({ description: 'What somebody counted of a variant.' })
export class CorrectStockInput extends StockChangeInput {
  @Field(() => Int, { description: 'What lies on the shelf, what is held for buyers included; 0 to 1000000000.' })
  @Min(0)
  @Max(MAX_ON_HAND)
  countedQuantity!: number;

  @Field(() => Int, { description: 'The `StockLevel.version` that was read before counting.' })
  version!: number;
}

@InputType({ description: 'From when on the stock of a variant is low.' })
export class SetLowStockThresholdInput {
  @Field(() => ID, { description: 'Which variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'Low is what has no more than this available; 0 to 1000000.' })
  @Min(0)
  @Max(MAX_QUANTITY)
  threshold!: number;
}

@InputType({ description: 'Which levels. What is left out does not matter.' })
export class StockLevelFilter {
  @Field(() => ID, { description: 'Those of this shop.' })
  shopId!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Only those that are low.' })
  lowOnly!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Those whose SKU begins with this, in capitals or not; up to 60 characters.',
  })
  @IsOptional()
  @Length(1, 60)
  sku?: string | null;
}

@ArgsType()
export class StockLevelArguments extends ConnectionArguments {
  @Field(() => StockLevelFilter, { description: 'Which of them.' })
  @ValidateNested()
  filter!: StockLevelFilter;
}

@ArgsType()
export class StockReservationArguments extends ConnectionArguments {
  @Field(() => StockReservationState, {
    defaultValue: StockReservationState.HELD,
    description: 'Those in this state.',
  })
  state!: StockReservationState;
}
