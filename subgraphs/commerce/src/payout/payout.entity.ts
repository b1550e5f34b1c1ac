import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { ProviderName } from '../payment/payment.provider.ts';

export enum PayoutState {
  PENDING = 'PENDING',
  IN_TRANSIT = 'IN_TRANSIT',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}

registerEnumType(PayoutState, {
  name: 'PayoutState',
  description: 'How far a payout has come.',
  valuesConfig: {
    PENDING: { description: 'The provider was not asked yet.' },
    IN_TRANSIT: { description: 'It is on its way.' },
    SUCCEEDED: { description: 'The shop has it.' },
    FAILED: { description: 'It could not be paid, and is in the balance again.' },
  },
});

const LEASE_MS = 60_000;

@Directive('@authenticated')
@ObjectType({ description: 'Money that a shop has paid out to it. For its own people and staff.' })
@Directive('@key(fields: "id")')
@Entity()
export class Payout {
  [OptionalProps]?: 'isOpen';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  requestedBy?: string | null;

  @Property({ type: 'text' })
  idempotencyKey!: string;

  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: 'text' })
  provider!: ProviderName;

  @Field(() => String, { description: 'The account that gets it, as the payment provider calls it.' })
  @Property({ type: 'text' })
  destination!: string;

  @Field(() => PayoutState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: PayoutState;

  @Property({ type: 'text', nullable: true })
  providerReference?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it could not be paid.' })
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

  get isOpen(): boolean {
    return this.state === PayoutState.PENDING || this.state === PayoutState.IN_TRANSIT;
  }

  /** Notes that somebody talks to the provider about it. */
  claim(now: Date): void {
    if (!this.isOpen) throw illegalTransition('Payout', this.state, PayoutState.IN_TRANSIT);
    this.state = PayoutState.IN_TRANSIT;
    this.claimedUntil = new Date(now.getTime() + LEASE_MS);
    this.askAfter = this.claimedUntil;
  }

  succeed(reference: string, now: Date): void {
    this.settle(PayoutState.SUCCEEDED, now);
    this.providerReference = reference;
  }

  fail(reason: string, now: Date): void {
    this.settle(PayoutState.FAILED, now);
    this.failureReason = reason.slice(0, 500);
  }

  private settle(to: PayoutState, now: Date): void {
    if (!this.isOpen) throw illegalTransition('Payout', this.state, to);
    this.state = to;
    this.settledAt = now;
    this.claimedUntil = null;
    this.askAfter = null;
  }
}
