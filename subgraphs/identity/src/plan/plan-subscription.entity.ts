import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { PlanName } from './plan-name.ts';
import { SubscriptionStatus } from './subscription-status.ts';

/** How long the limits still hold after a period that nobody renewed, in milliseconds. */
export const GRACE_MS = 14 * 24 * 60 * 60_000;

@Directive('@key(fields: "id")')
@ObjectType({ description: 'That somebody is on a plan other than `FREE`. Visible to them and to support.' })
@Entity()
export class PlanSubscription {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Field(() => PlanName, { description: 'Which plan.' })
  @Property({ type: 'text' })
  plan!: PlanName;

  @Field(() => SubscriptionStatus, { description: 'Where it stands.' })
  @Property({ type: 'text' })
  status!: SubscriptionStatus;

  @Field(() => GraphQLDateTime, { description: 'Until when it is paid for.' })
  @Property({ type: 'datetime' })
  currentPeriodEnd!: Date;

  @Field(() => Boolean, { description: 'Whether it ends with the period, instead of asking for a renewal.' })
  @Property({ type: 'boolean' })
  cancelAtPeriodEnd: boolean = false;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  @Property({ type: 'datetime' })
  startedAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ended, if it has.' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  /** It is paid for, until then: also what was past due. */
  renew(until: Date, now: Date): void {
    this.go(SubscriptionStatus.ACTIVE, [SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE], now);
    this.currentPeriodEnd = until;
    this.cancelAtPeriodEnd = false;
  }

  cancelAtEnd(now: Date): void {
    this.go(SubscriptionStatus.ACTIVE, [SubscriptionStatus.ACTIVE], now);
    this.cancelAtPeriodEnd = true;
  }

  resume(now: Date): void {
    this.go(SubscriptionStatus.ACTIVE, [SubscriptionStatus.ACTIVE], now);
    this.cancelAtPeriodEnd = false;
  }

  fallDue(now: Date): void {
    this.go(SubscriptionStatus.PAST_DUE, [SubscriptionStatus.ACTIVE], now);
  }

  cancel(now: Date): void {
    this.go(SubscriptionStatus.CANCELLED, [SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE], now);
    this.endedAt = now;
  }

  private go(to: SubscriptionStatus, from: readonly SubscriptionStatus[], now: Date): void {
    if (!from.includes(this.status)) throw illegalTransition('Subscription', this.status, to);
    this.status = to;
    this.updatedAt = now;
  }
}
