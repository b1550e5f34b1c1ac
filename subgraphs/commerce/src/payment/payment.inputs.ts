import { IsIdempotencyKey, MoneyInput } from '@supergraph/subgraph-kit';
import { ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@InputType({ description: 'Money to give back, out of what one shop was paid.' })
export class RefundPaymentInput {
  @Field(() => ID, { description: 'Of which payment.' })
  paymentId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Out of whose part: a shop of the active organization. Needed when several of them have a part of it.',
  })
  shopId?: string | null;

  @Field(() => MoneyInput, { description: 'How much, in the currency of the payment.' })
  @ValidateNested()
  amount!: MoneyInput;

  @Field(() => String, { description: 'Why, for the buyer to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;

  @Field(() => String, {
    description: 'Makes a repetition the same refund: 1 to 128 printable characters, another one for each refund.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}
