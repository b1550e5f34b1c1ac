import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { OrderState } from './order-state.ts';

@ObjectType({ description: 'The part of an order that one shop sells. For its buyer and the people of the shop.' })
@Directive('@key(fields: "id")')
@Entity()
export class ShopOrder {
  [OptionalProps]?: 'version' | 'returnDays';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Field(() => String, { description: 'For people to name it by.' })
  @Property({ type: 'text' })
  number!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => OrderState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: OrderState;

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

  @Property({ type: new BigIntType('number') })
  commission!: number;

  @Field(() => Int, {
    description: 'For so many days after something was delivered the buyer may ask to send it back; 0 for never.',
  })
  @Property({ type: 'integer' })
  returnDays: number = 30;

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

  /** What its items make it. */
  become(state: OrderState, now: Date): void {
    this.state = state;
    this.updatedAt = now;
  }
}
