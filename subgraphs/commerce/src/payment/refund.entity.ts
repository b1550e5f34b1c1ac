import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { RefundState } from './payment-state.ts';

const LEASE_MS = 60_000;

@Directive('@authenticated')
@ObjectType({
  description: 'Money of a payment that is given back. For who gets it and staff; of the shops each sees its own part.',
})
@Directive('@key(fields: "id")')
@Entity()
export class Refund {
  [OptionalProps]?: 'isPending';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  paymentId!: string;

  @Property({ type: 'uuid', nullable: true })
  shopId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  requestedBy?: string | null;

  @Property({ type: 'text' })
  idempotencyKey!: string;

  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: 'text' })
  currency!: string;

  @Field(() => String, { description: 'Why, in the words of who gave it back.' })
  @Property({ type: 'text' })
  reason!: string;

  @Field(() => RefundState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: RefundState;

  @Property({ type: 'text', nullable: true })
  providerReference?: string | null;

  @Property({ type: 'text', nullable: true })
  failureReason?: string | null;

  @Property({ type: 'datetime', nullable: true })
  claimedUntil?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  askAfter?: Date | null;

  @Field(() => GraphQLDateTime, { description: 'When it was asked for.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was decided; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  settledAt?: Date | null;

  get isPending(): boolean {
    return this.state === RefundState.PENDING;
  }

  /** Notes that somebody talks to the provider about it. */
  claim(now: Date): void {
    this.claimedUntil = new Date(now.getTime() + LEASE_MS);
    this.askAfter = this.claimedUntil;
  }

  succeed(reference: string, now: Date): void {
    this.settle(RefundState.SUCCEEDED, now);
    this.providerReference = reference;
  }

  fail(reason: string, now: Date): void {
    this.settle(RefundState.FAILED, now);
    this.failureReason = reason.slice(0, 500);
  }

  private settle(to: RefundState, now: Date): void {
    if (!this.isPending) throw illegalTransition('Refund', this.state, to);
    this.state = to;
    this.settledAt = now;
    this.claimedUntil = null;
    this.askAfter = null;
  }
}
