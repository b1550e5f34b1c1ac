import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { PaymentState, PendingStep } from './payment-state.ts';
import type { NextAction, ProviderName } from './payment.provider.ts';

/** How long one talk with the provider may take: longer than its calls are let run. */
const LEASE_MS = 60_000;
/** How long an answer is waited for before somebody asks. */
const ASK_AGAIN_MS = 60_000;

const { CREATED, AUTHORIZED, CAPTURED, PARTIALLY_REFUNDED, REFUNDED, DECLINED, CANCELLED, FAILED } = PaymentState;
const TAKEN: readonly PaymentState[] = [CAPTURED, PARTIALLY_REFUNDED, REFUNDED];
const GIVEN_UP: readonly PaymentState[] = [DECLINED, CANCELLED, FAILED];

@Directive('@authenticated')
@ObjectType({
  description: 'What was paid for an order. For who paid it and staff; of the shops each sees its own part.',
})
@Directive('@key(fields: "id")')
@Entity()
export class Payment {
  [OptionalProps]?: 'version' | 'captured' | 'refunded' | 'refundPending' | 'isTaken' | 'isGivenUp' | 'refundable';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => PaymentState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: PaymentState;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: new BigIntType('number') })
  captured: number = 0;

  @Property({ type: new BigIntType('number') })
  refunded: number = 0;

  /** Asked to be given back, and not yet known to be. */
  @Property({ type: new BigIntType('number') })
  refundPending: number = 0;

  @Property({ type: 'text' })
  provider!: ProviderName;

  @Property({ type: 'text', nullable: true })
  providerReference?: string | null;

  @Property({ type: 'text' })
  method!: string;

  @Property({ type: 'json', nullable: true })
  nextAction?: NextAction | null;

  @Property({ type: 'text', nullable: true })
  failureReason?: string | null;

  @Property({ type: 'text', nullable: true })
  pending?: PendingStep | null;

  @Property({ type: 'datetime', nullable: true })
  claimedUntil?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  askAfter?: Date | null;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was begun.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  authorizedAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the money was taken; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  capturedAt?: Date | null;

  get isTaken(): boolean {
    return TAKEN.includes(this.state);
  }

  get isGivenUp(): boolean {
    return GIVEN_UP.includes(this.state);
  }

  /** What can still be asked back. */
  get refundable(): number {
    return this.captured - this.refunded - this.refundPending;
  }

  isClaimed(now: Date): boolean {
    return Boolean(this.claimedUntil && this.claimedUntil > now);
  }

  /** Notes, before the provider is asked, what it is asked for and that somebody is at it. */
  claim(step: PendingStep, now: Date): void {
    this.pending = step;
    this.claimedUntil = new Date(now.getTime() + LEASE_MS);
    this.askAfter = this.claimedUntil;
    this.updatedAt = now;
  }

  /** Leaves a step to whoever comes next. */
  want(step: PendingStep, now: Date, askAfter = now): void {
    this.pending = step;
    this.askAfter = askAfter;
    this.updatedAt = now;
  }

  /** The talk with the provider is over, and what was asked for is not decided. */
  letGo(now: Date): void {
    this.claimedUntil = null;
    if (this.pending) this.askAfter = new Date(now.getTime() + ASK_AGAIN_MS);
  }

  /** The step is decided: nothing is to be asked any more. */
  settle(): void {
    this.pending = null;
    this.claimedUntil = null;
    this.askAfter = null;
  }

  requireAction(action: NextAction, now: Date): void {
    this.nextAction = action;
    this.updatedAt = now;
  }

  authorize(now: Date): void {
    this.step([CREATED], AUTHORIZED, now);
    this.authorizedAt = now;
  }

  capture(now: Date): void {
    this.step([CREATED, AUTHORIZED], CAPTURED, now);
    this.authorizedAt ??= now;
    this.capturedAt = now;
    this.captured = this.amount;
  }

  decline(reason: string, now: Date): void {
    this.step([CREATED], DECLINED, now);
    this.failureReason = reason.slice(0, 500);
  }

  fail(reason: string, now: Date): void {
    this.step([CREATED, AUTHORIZED], FAILED, now);
    this.failureReason = reason.slice(0, 500);
  }

  cancel(now: Date): void {
    this.step([CREATED, AUTHORIZED], CANCELLED, now);
  }

  /** Keeps a part back for a refund that is being asked for. */
  reserveRefund(amount: number, now: Date): void {
    this.refundPending += amount;
    this.updatedAt = now;
  }

  /** A refund that was asked for came to nothing. */
  releaseRefund(amount: number, now: Date): void {
    this.refundPending -= amount;
    this.updatedAt = now;
  }

  refund(amount: number, now: Date): void {
    this.refundPending -= amount;
    this.refunded += amount;
    this.step([CAPTURED, PARTIALLY_REFUNDED], this.refunded === this.captured ? REFUNDED : PARTIALLY_REFUNDED, now);
  }

  /** @throws `ILLEGAL_TRANSITION` from any other state */
  private step(from: readonly PaymentState[], to: PaymentState, now: Date): void {
    if (!from.includes(this.state)) throw illegalTransition('Payment', this.state, to);
    this.state = to;
    this.nextAction = null;
    this.updatedAt = now;
  }
}
