import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'So much of one thing that was bought, as it was then.' })
@Entity()
export class OrderItem {
  [OptionalProps]?: 'cancelled' | 'fulfilled' | 'delivered' | 'returned' | 'returnOpen' | 'unsent';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid' })
  shopOrderId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'uuid' })
  productId!: string;

  @Field(() => ID, { description: 'The product variant.' })
  @Property({ type: 'uuid' })
  variantId!: string;

  @Field(() => String, { description: 'The shop’s own number for it.' })
  @Property({ type: 'text' })
  sku!: string;

  @Field(() => String, { description: 'Product and variant, for people.' })
  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: new BigIntType('number') })
  unitPrice!: number;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @Property({ type: 'integer' })
  quantity!: number;

  @Property({ type: new BigIntType('number') })
  subtotal!: number;

  @Property({ type: new BigIntType('number') })
  discount!: number;

  @Property({ type: new BigIntType('number') })
  tax!: number;

  @Property({ type: new BigIntType('number') })
  total!: number;

  @Field(() => Int, { description: 'How many of them were cancelled before they were sent.' })
  @Property({ type: 'integer' })
  cancelled: number = 0;

  @Field(() => Int, { description: 'How many of them were sent, whatever became of those.' })
  @Property({ type: 'integer' })
  fulfilled: number = 0;

  @Field(() => Int, { description: 'How many of them have arrived.' })
  @Property({ type: 'integer' })
  delivered: number = 0;

  @Field(() => Int, { description: 'How many of them came back to the shop.' })
  @Property({ type: 'integer' })
  returned: number = 0;

  /** What a return that is not over is about. */
  @Property({ type: 'integer' })
  returnOpen: number = 0;

  /** What can still be sent, or cancelled. */
  get unsent(): number {
    return this.quantity - this.cancelled - this.fulfilled;
  }
}
