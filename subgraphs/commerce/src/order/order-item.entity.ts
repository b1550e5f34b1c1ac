import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'So much of one thing that was bought, as it was then.' })
@Entity()
export class OrderItem {
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
}
