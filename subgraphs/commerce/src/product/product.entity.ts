import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ArrayType, BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { ProductStatus } from './product-status.ts';

/** What a product says of itself. */
export interface ProductDescription {
  readonly title: string;
  readonly description: string;
  readonly brand: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

@ObjectType({
  description:
    'Something a shop sells, in one variant or several. What is not for sale only its shop’s people and staff see.',
})
@Directive('@key(fields: "id")')
@Entity()
export class Product {
  [OptionalProps]?: 'listed' | 'rating' | 'ratingCount' | 'ratingStars' | 'soldCount' | 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  categoryId?: string | null;

  @Property({ type: 'array', columnType: 'uuid[]' })
  categoryPath!: string[];

  @Field(() => String, { description: 'As buyers know it.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, {
    description: 'Its address within the shop: lower-case words joined by hyphens. Never changes.',
  })
  @Property({ type: 'text' })
  slug!: string;

  @Field(() => String, { description: 'What it is, in plain text; may be empty.' })
  @Property({ type: 'text' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'Who makes it.' })
  @Property({ type: 'text', nullable: true })
  brand?: string | null;

  @Property({ type: 'json' })
  attributes!: Readonly<Record<string, string>>;

  @Field(() => ProductStatus, { description: 'Whether it is for sale.' })
  @Property({ type: 'text' })
  status!: ProductStatus;

  @Property({ type: 'boolean' })
  shopOpen!: boolean;

  @Field(() => Boolean, { description: 'Whether everybody sees it: it is for sale, and its shop is open.' })
  @Property({ type: 'boolean', generated: '(status = ACTIVE and shop_open) stored' })
  listed!: boolean;

  @Property({ type: 'text' })
  currency!: string;

  /** Of its active variants; null while there are none. Kept by the use-cases of variants, in the database. */
  @Property({ type: new BigIntType('number'), nullable: true })
  lowestPrice?: number | null;

  /** Kept by reviews, in the database. */
  @Field(() => Int, { description: 'How many people have rated it.' })
  @Property({ type: 'integer', default: 0 })
  ratingCount!: number;

  /** How many gave it 1, 2, 3, 4 and 5 stars. Likewise. */
  @Property({ type: new ArrayType(Number), columnType: 'integer[]', defaultRaw: `'{0,0,0,0,0}'` })
  ratingStars!: number[];

  @Property({ type: 'float', columnType: 'numeric(3, 2)', generated: '(rating_sum / rating_count) stored' })
  rating!: number;

  /** Kept by orders, in the database. */
  @Property({ type: 'integer', default: 0 })
  soldCount!: number;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it last changed.' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was first for sale; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  publishedAt?: Date | null;

  describe(changes: Partial<ProductDescription>, now: Date): void {
    this.refuseArchived();
    Object.assign(this, changes);
    this.updatedAt = now;
  }

  putInto(category: { readonly id: string; readonly path: readonly string[] } | null, now: Date): void {
    this.refuseArchived();
    this.categoryId = category?.id ?? null;
    this.categoryPath = [...(category?.path ?? [])];
    this.updatedAt = now;
  }

  publish(now: Date): void {
    this.step([ProductStatus.DRAFT], ProductStatus.ACTIVE, now);
    this.publishedAt ??= now;
  }

  archive(now: Date): void {
    this.step([ProductStatus.DRAFT, ProductStatus.ACTIVE], ProductStatus.ARCHIVED, now);
  }

  unarchive(now: Date): void {
    this.step([ProductStatus.ARCHIVED], ProductStatus.DRAFT, now);
  }

  /** @throws `ILLEGAL_TRANSITION` */
  refuseArchived(): void {
    if (this.status === ProductStatus.ARCHIVED) throw illegalTransition('Product', this.status, this.status);
  }

  /** @throws `ILLEGAL_TRANSITION` from any other state */
  private step(from: readonly ProductStatus[], to: ProductStatus, now: Date): void {
    if (!from.includes(this.status)) throw illegalTransition('Product', this.status, to);
    this.status = to;
    this.updatedAt = now;
  }
}
