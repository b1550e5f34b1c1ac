import { IsIdempotencyKey } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayMinSize, IsOptional, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MAX_ORDER_ITEMS, OrderUnitsInput } from '../order/order.inputs.ts';
import { IsHttpsUrl } from '../product/https-url.rule.ts';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@InputType()
abstract class TrackingInput {
  @Field(() => String, { nullable: true, description: 'Who carries it, up to 100 characters.' })
  @IsOptional()
  @IsPlainLine(100)
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: 'The carrier’s number of it, up to 100 characters.' })
  @IsOptional()
  @IsPlainLine(100)
  trackingNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where to follow it: https, up to 2000 characters, without a user in it.',
  })
  @IsOptional()
  @IsHttpsUrl()
  trackingUrl?: string | null;
}

@InputType({ description: 'What a shop puts into a parcel.' })
export class FulfillShopOrderInput extends TrackingInput {
  @Field(() => ID, { description: 'What it was ordered with.' })
  shopOrderId!: string;

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
    description: 'Asking again under the same key is the same parcel: 1 to 128 printable characters.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}

@InputType({
  description: 'Where a parcel can be followed, instead of what was said before. What is left out is taken away.',
})
export class CorrectTrackingInput extends TrackingInput {
  @Field(() => ID, { description: 'Which parcel.' })
  fulfillmentId!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'A parcel that has arrived.' })
export class RecordDeliveryInput {
  @Field(() => ID, { description: 'Which parcel.' })
  fulfillmentId!: string;
}

@InputType({ description: 'A parcel that was noted by mistake.' })
export class UndoFulfillmentInput {
  @Field(() => ID, { description: 'Which parcel.' })
  fulfillmentId!: string;

  @Field(() => String, { description: 'Why, for the buyer to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;
}
