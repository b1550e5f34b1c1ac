import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StockReservationState {
  HELD = 'HELD',
  COMMITTED = 'COMMITTED',
  RELEASED = 'RELEASED',
  EXPIRED = 'EXPIRED',
}

registerEnumType(StockReservationState, {
  name: 'StockReservationState',
  description: 'Whether stock is still held for a buyer.',
  valuesConfig: {
    HELD: { description: 'Nobody else can buy it.' },
    COMMITTED: { description: 'The buyer paid for it.' },
    RELEASED: { description: 'The buyer does not want it any more, or not this much.' },
    EXPIRED: { description: 'The buyer took too long.' },
  },
});

/** Only read through the ORM, like its level. */
@Directive('@authenticated')
@ObjectType({ description: 'Stock that is held for a buyer, or was. For the shop’s own people.' })
@Directive('@key(fields: "id")')
@Entity()
export class StockReservation {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  variantId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => Int, { description: 'How much.' })
  @Property({ type: 'integer' })
  quantity!: number;

  @Field(() => StockReservationState, { description: 'Whether it is still held.' })
  @Property({ type: 'text' })
  state!: StockReservationState;

  @Field(() => GraphQLDateTime, { description: 'When it ends by itself.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ended; null while it is held.' })
  @Property({ type: 'datetime', nullable: true })
  settledAt?: Date | null;
}
