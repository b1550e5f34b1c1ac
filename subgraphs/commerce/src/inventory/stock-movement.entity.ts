import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StockMovementReason {
  RECEIVED = 'RECEIVED',
  SOLD = 'SOLD',
  RETURNED = 'RETURNED',
  CORRECTED = 'CORRECTED',
  DAMAGED = 'DAMAGED',
}

registerEnumType(StockMovementReason, {
  name: 'StockMovementReason',
  description: 'Why stock came or went.',
  valuesConfig: {
    RECEIVED: { description: 'The shop got it.' },
    SOLD: { description: 'A buyer paid for it.' },
    RETURNED: { description: 'A buyer sent it back, or did not get it.' },
    CORRECTED: { description: 'Somebody counted, and there was another quantity than thought.' },
    DAMAGED: { description: 'It cannot be sold any more.' },
  },
});

/** Never changes once it is written, and the database refuses whoever tries. */
@Directive('@authenticated')
@ObjectType({ description: 'Stock that came or went, for good. For the shop’s own people.' })
@Directive('@key(fields: "id")')
@Entity()
export class StockMovement {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  variantId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => Int, { description: 'Counts the movements of a variant, from 1.' })
  @Property({ type: 'integer' })
  sequence!: number;

  @Field(() => Int, { description: 'How much came, or went where it is negative. Never 0.' })
  @Property({ type: 'integer' })
  quantity!: number;

  @Field(() => Int, { description: 'What was on hand then.' })
  @Property({ type: 'integer' })
  onHandAfter!: number;

  @Field(() => StockMovementReason, { description: 'Why.' })
  @Property({ type: 'text' })
  reason!: StockMovementReason;

  @Field(() => String, { nullable: true, description: 'What somebody noted about it.' })
  @Property({ type: 'text', nullable: true })
  note?: string | null;

  @Property({ type: 'uuid', nullable: true })
  actorId?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;
}
