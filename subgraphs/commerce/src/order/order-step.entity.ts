import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { OrderState } from './order-state.ts';

@ObjectType({ description: 'A step that an order took.' })
@Entity()
export class OrderStep {
  [OptionalProps]?: 'sequence';

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Given by the database. */
  @Property({ type: new BigIntType('number'), defaultRaw: 'default' })
  sequence!: number;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid', nullable: true })
  shopOrderId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => OrderState, { description: 'What it was from then on.' })
  @Property({ type: 'text' })
  state!: OrderState;

  @Field(() => String, { nullable: true, description: 'Why, where there is something to say.' })
  @Property({ type: 'text', nullable: true })
  reason?: string | null;

  @Property({ type: 'uuid', nullable: true })
  actorId?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Property({ type: 'datetime' })
  occurredAt!: Date;
}
