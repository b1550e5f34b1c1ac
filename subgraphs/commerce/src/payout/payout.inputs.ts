import { IsIdempotencyKey, MoneyInput } from '@supergraph/subgraph-kit';
import { Matches, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A part of a shop’s balance to have paid out.' })
export class RequestPayoutInput {
  @Field(() => ID, { description: 'Which shop.' })
  shopId!: string;

  @Field(() => MoneyInput, { description: 'How much, above zero and no more than the balance.' })
  @ValidateNested()
  amount!: MoneyInput;

  @Field(() => String, {
    description: 'The account that gets it, as the payment provider calls it: `acct_…` with Stripe.',
  })
  @Matches(/^[A-Za-z0-9_]{1,255}$/, { message: 'Give the provider’s name of an account: letters, digits and _.' })
  destination!: string;

  @Field(() => String, {
    description: 'Makes a repetition the same payout: 1 to 128 printable characters, another one for each payout.',
  })
  @IsIdempotencyKey()
  idempotencyKey!: string;
}
