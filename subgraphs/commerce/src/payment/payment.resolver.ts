import { connectionOf, ConnectionArguments, Money, type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { PaymentShare } from './payment-share.entity.ts';
import { Payment } from './payment.entity.ts';
import { RefundPaymentInput } from './payment.inputs.ts';
import { isPayer, mayReadBooks } from './payment.policy.ts';
import { PaymentAction } from './payment.types.ts';
import { Refund } from './refund.entity.ts';

const RefundConnection = connectionOf(Refund);

@Resolver(() => Payment)
export class PaymentResolver {
  @Query(() => Payment, {
    nullable: true,
    description: 'One payment; null when there is none of which the caller may see something.',
  })
  @Directive('@authenticated')
  async payment(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Payment | null> {
    return loaders.paymentById.load(id);
  }

  @FieldResolver(() => Money, { description: 'How much it is: all of it, or the part of the shop that asks.' })
  async amount(@Root() payment: Payment, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    return sumOf(await loaders.sharesOfPayment.load(payment.id), payment.currency, 'amount');
  }

  @FieldResolver(() => Money, { description: 'How much of `amount` was taken.' })
  async captured(@Root() payment: Payment, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    if (!payment.isTaken) return Money.zero(payment.currency);
    return sumOf(await loaders.sharesOfPayment.load(payment.id), payment.currency, 'amount');
  }

  @FieldResolver(() => Money, { description: 'How much of `captured` was given back, or is about to be.' })
  async refunded(@Root() payment: Payment, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    return sumOf(await loaders.sharesOfPayment.load(payment.id), payment.currency, 'refunded');
  }

  @FieldResolver(() => PaymentAction, {
    nullable: true,
    description: 'What the buyer has to do first; null when there is nothing. For the buyer only.',
  })
  nextAction(@Root() payment: Payment, @Ctx() { session }: CommerceContext): PaymentAction | null {
    return isPayer(session, payment) ? (payment.nextAction ?? null) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it was declined or failed; null when it was not. For the buyer and staff.',
  })
  failureReason(@Root() payment: Payment, @Ctx() { session }: CommerceContext): string | null {
    return isPayer(session, payment) || mayReadBooks(session) ? (payment.failureReason ?? null) : null;
  }

  @FieldResolver(() => [PaymentShare], {
    nullable: true,
    description: 'What of it is for which shop. A shop sees its own part.',
  })
  @Directive('@listSize(assumedSize: 10)')
  shares(@Root() { id }: Payment, @Ctx() { loaders }: CommerceContext): Promise<PaymentShare[]> {
    return loaders.sharesOfPayment.load(id);
  }

  @FieldResolver(() => RefundConnection, {
    nullable: true,
    description: 'What of it was given back, the first one first. A shop sees what concerns it.',
  })
  @PagedList()
  refunds(
    @Root() { id }: Payment,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Page<Refund>> {
    return loaders.refundsOfPayment.load(id, args);
  }

  @Mutation(() => Refund, {
    nullable: true,
    description:
      'Gives money back out of what a shop of the active organization was paid. Needs `commerce:refund`; `CONFLICT` when ' +
      'there is not that much left. `PENDING` when the payment provider has not said what became of it.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:refund"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 120, per: 'minute' })
  refundPayment(
    @Arg('input', () => RefundPaymentInput, { description: 'How much, and of what.' }) input: RefundPaymentInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Refund> {
    return useCases.refundOwnShare(input);
  }
}

function sumOf(shares: readonly PaymentShare[], currency: string, what: 'amount' | 'refunded'): Money {
  return new Money(
    shares.reduce((sum, share) => sum + share[what], 0),
    currency,
  );
}
