import { Money } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { LedgerAccount } from '../ledger/ledger-account.ts';
import { PaymentState } from '../payment/payment-state.ts';

@ObjectType({ description: 'The payments of one state and currency.' })
export class PaymentStateTotal {
  @Field(() => PaymentState, { description: 'Which state.' })
  state!: PaymentState;

  @Field(() => Int, { description: 'How many there are.' })
  count!: number;

  @Field(() => Money, { description: 'How much they are.' })
  amount!: Money;

  @Field(() => Money, { description: 'How much of it was taken.' })
  captured!: Money;

  @Field(() => Money, { description: 'How much of that was given back.' })
  refunded!: Money;
}

@ObjectType({ description: 'Whether the books of one currency are right.' })
export class LedgerTotal {
  @Field(() => Money, { description: 'All entries together: zero, or something is very wrong.' })
  sum!: Money;

  @Field(() => Money, { description: 'By the payments: what was taken, less what was given back.' })
  netPaid!: Money;

  @Field(() => Money, { description: 'The same by the books.' })
  netPosted!: Money;

  @Field(() => Boolean, { description: 'Whether the sum is zero and the other two are equal.' })
  agrees!: boolean;
}

@ObjectType({ description: 'What is in one account of the books.' })
export class AccountTotal {
  @Field(() => LedgerAccount, { description: 'Which account, of all shops together.' })
  account!: LedgerAccount;

  @Field(() => Money, { description: 'What is owed to whom it is for.' })
  balance!: Money;
}

@ObjectType({ description: 'Something that we and a payment provider do not see alike.' })
export class Disagreement {
  @Field(() => ID, { nullable: true, description: 'The payment, refund or payout; null when it is none of ours.' })
  about?: string | null;

  @Field(() => String, { description: 'What it is.' })
  reason!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was noticed.' })
  noticedAt!: Date;
}

@Directive('@authenticated')
@ObjectType({ description: 'Whether payments, books and payment providers agree.' })
export class ReconciliationReport {
  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  madeAt!: Date;

  @Field(() => [PaymentStateTotal], { description: 'All payments, by state and currency.' })
  @Directive('@listSize(assumedSize: 20)')
  payments!: PaymentStateTotal[];

  @Field(() => [LedgerTotal], { description: 'The books, by currency.' })
  @Directive('@listSize(assumedSize: 5)')
  ledger!: LedgerTotal[];

  @Field(() => [AccountTotal], { description: 'What is where in the books, by account and currency.' })
  @Directive('@listSize(assumedSize: 20)')
  accounts!: AccountTotal[];

  @Field(() => Int, {
    description:
      'Payments, refunds and payouts of which a provider has not said for a quarter of an hour what became, and what is owed ' +
      'to buyers and waits for such a payment.',
  })
  unsettledCount!: number;

  @Field(() => Int, {
    description: 'What came in a provider’s name in the last 30 days, and was not signed or too old.',
  })
  refusedEventCount!: number;

  @Field(() => Int, {
    description: 'How many of the payments that changed last the provider was asked about just now.',
  })
  comparedCount!: number;

  @Field(() => [Disagreement], {
    description: 'What was found by asking just now, then what providers have told us lately. At most 100.',
  })
  @Directive('@listSize(assumedSize: 20)')
  disagreements!: Disagreement[];
}
