import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** What a variant says of itself. Prices are in minor units of the shop's currency. */
export interface VariantDescription {
  readonly sku: string;
  readonly title: string;
  readonly options: Readonly<Record<string, string>>;
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly position: number;
}

@ObjectType({ description: 'One form of a product that can be bought, such as a size. Who sees the product sees it.' })
@Directive('@key(fields: "id")')
@Entity()
export class ProductVariant {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  productId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => String, { description: 'What the shop calls it in its books; once in each shop.' })
  @Property({ type: 'text' })
  sku!: string;

  @Field(() => String, { description: 'As buyers know it, beside the title of the product.' })
  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'json' })
  options!: Readonly<Record<string, string>>;

  @Property({ type: new BigIntType('number') })
  price!: number;

  @Property({ type: new BigIntType('number'), nullable: true })
  compareAtPrice?: number | null;

  @Property({ type: 'text' })
  currency!: string;

  @Field(() => Boolean, { description: 'Whether it can be bought, as far as its shop and its product can.' })
  @Property({ type: 'boolean' })
  active!: boolean;

  @Field(() => Int, { description: 'Its place among the variants of the product: they are sorted by it.' })
  @Property({ type: 'integer' })
  position!: number;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  describe(changes: Partial<VariantDescription>, now: Date): void {
    Object.assign(this, changes);
    this.updatedAt = now;
  }

  activate(now: Date): void {
    this.active = true;
    this.updatedAt = now;
  }

  deactivate(now: Date): void {
    this.active = false;
    this.updatedAt = now;
  }
}
