import { ArrayType } from '@mikro-orm/core';
import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { OrderState } from './order-state.ts';
import { ShippingAddress } from './shipping-address.ts';

@ObjectType({
  description: 'What somebody bought, of any number of shops. For its buyer; each shop sees its `ShopOrder`.',
})
@Directive('@key(fields: "id")')
@Entity({ tableName: 'customer_order' })
export class Order {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'For people to name it by.' })
  @Property({ type: 'text' })
  number!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'text', nullable: true })
  tokenHash?: string | null;

  @Property({ type: 'uuid' })
  cartId!: string;

  @Field(() => OrderState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: OrderState;

  @Field(() => String, { nullable: true, description: 'Why it came to nothing; null when it did not.' })
  @Property({ type: 'text', nullable: true })
  stateReason?: string | null;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: new BigIntType('number') })
  subtotal!: number;

  @Property({ type: new BigIntType('number') })
  discount!: number;

  @Property({ type: new BigIntType('number') })
  tax!: number;

  @Property({ type: new BigIntType('number') })
  total!: number;

  @Field(() => String, { description: 'Where the buyer is written to.' })
  @Property({ type: 'text' })
  email!: string;

  @Field(() => ShippingAddress, { description: 'Where it goes.' })
  @Property({ type: 'json' })
  shippingAddress!: ShippingAddress;

  @Property({ type: ArrayType, columnType: 'uuid[]' })
  promotionIds!: string[];

  @Property({ type: 'uuid', nullable: true })
  paymentId?: string | null;

  @Field(() => GraphQLDateTime, { description: 'Until then it had, or has, to be paid.' })
  @Property({ type: 'datetime' })
  paymentDueAt!: Date;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was begun.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was paid; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  placedAt?: Date | null;

  place(now: Date): void {
    this.step(OrderState.PLACED, now);
    this.placedAt = now;
  }

  /** It came to nothing before it was paid. */
  giveUp(state: OrderState.CANCELLED | OrderState.EXPIRED, reason: string, now: Date): void {
    this.step(state, now);
    this.stateReason = reason;
  }

  /** What its parts make it, once it was placed. */
  become(state: OrderState, reason: string | undefined, now: Date): void {
    this.state = state;
    if (state === OrderState.CANCELLED) this.stateReason = reason ?? null;
    this.updatedAt = now;
  }

  /** @throws `ILLEGAL_TRANSITION` for one that was not placed: nothing can be sent or cancelled of it */
  requirePlaced(to: OrderState): void {
    if (!this.placedAt) throw illegalTransition('Order', this.state, to);
  }

  /** @throws `ILLEGAL_TRANSITION` once it is decided whether it is paid */
  private step(to: OrderState, now: Date): void {
    if (this.state !== OrderState.PENDING_PAYMENT) throw illegalTransition('Order', this.state, to);
    this.state = to;
    this.updatedAt = now;
  }
}
