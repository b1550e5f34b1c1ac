import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { ReturnReason, ReturnState } from './return-state.ts';

const { REQUESTED, APPROVED, DECLINED, WITHDRAWN, RECEIVED } = ReturnState;

@ObjectType('Return', {
  description: 'Something that a buyer sends back, or wants to. For the buyer and the people of the shop.',
})
@Directive('@key(fields: "id")')
@Entity()
export class ReturnRequest {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid' })
  shopOrderId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => ReturnState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: ReturnState;

  @Field(() => ReturnReason, { description: 'Why the buyer sends it back.' })
  @Property({ type: 'text' })
  reason!: ReturnReason;

  @Field(() => String, { nullable: true, description: 'What the buyer says to it.' })
  @Property({ type: 'text', nullable: true })
  note?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the shop declined it, or keeps a part of the money.' })
  @Property({ type: 'text', nullable: true })
  decisionReason?: string | null;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: new BigIntType('number'), nullable: true })
  refund?: number | null;

  @Property({ type: new BigIntType('number'), nullable: true })
  kept?: number | null;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When the buyer asked.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the shop decided; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it came back; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  receivedAt?: Date | null;

  approve(now: Date): void {
    this.step([REQUESTED], APPROVED, now);
    this.decidedAt = now;
  }

  decline(reason: string, now: Date): void {
    this.step([REQUESTED], DECLINED, now);
    this.decidedAt = now;
    this.decisionReason = reason;
  }

  withdraw(now: Date): void {
    this.step([REQUESTED, APPROVED], WITHDRAWN, now);
  }

  receive(money: { readonly refund: number; readonly kept: number; readonly reason: string | null }, now: Date): void {
    this.step([APPROVED], RECEIVED, now);
    this.receivedAt = now;
    this.refund = money.refund;
    this.kept = money.kept;
    this.decisionReason = money.reason;
  }

  /** @throws `ILLEGAL_TRANSITION` from any other state */
  private step(from: readonly ReturnState[], to: ReturnState, now: Date): void {
    if (!from.includes(this.state)) throw illegalTransition('Return', this.state, to);
    this.state = to;
    this.updatedAt = now;
  }
}
