import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** Only read through the ORM: what changes it has to lock it and write what moved, in SQL. */
@Directive('@authenticated')
@ObjectType({ description: 'How much there is of a variant. For the shop’s own people.' })
@Directive('@key(fields: "id")')
@Entity()
export class StockLevel {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  variantId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => Int, { description: 'What lies on the shelf: the sum of all movements.' })
  @Property({ type: 'integer' })
  onHand!: number;

  @Field(() => Int, { description: 'What of it is held for buyers who are about to pay.' })
  @Property({ type: 'integer' })
  reserved!: number;

  @Field(() => Int, { description: 'What can be sold: `onHand` without `reserved`.' })
  @Property({ type: 'integer' })
  available!: number;

  @Field(() => Int, { description: 'The stock is low when no more than this is available.' })
  @Property({ type: 'integer' })
  lowStockThreshold!: number;

  @Field(() => Boolean, { description: 'Whether no more than the threshold is available.' })
  @Property({ type: 'boolean' })
  low!: boolean;

  @Field(() => Int, {
    description:
      'Grows with each movement and with the threshold; a correction passes the one it read. Reservations do not count.',
  })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it last changed, reservations included.' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;
}
