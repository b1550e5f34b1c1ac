import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'So many of something in a parcel.' })
@Entity()
export class FulfillmentItem {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  fulfillmentId!: string;

  @Property({ type: 'uuid' })
  orderItemId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @Property({ type: 'integer' })
  quantity!: number;
}
