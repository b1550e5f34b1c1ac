import { type Page, Money } from '@supergraph/subgraph-kit';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { ProductConnection } from '../product/product.connection.ts';
import type { Product } from '../product/product.entity.ts';

@ObjectType({ description: 'A category, and how many of the found products are in it or below.' })
export class CategoryCount {
  categoryId!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'A value, and how many of the found products have it.' })
export class ValueCount {
  @Field(() => String, { description: 'Which one.' })
  value!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'What the found products have of an attribute.' })
export class AttributeCounts {
  @Field(() => String, { description: 'Which attribute, for example `material`.' })
  name!: string;

  @Field(() => [ValueCount], { description: 'Its ten most frequent values.' })
  @Directive('@listSize(assumedSize: 10)')
  values!: ValueCount[];
}

@ObjectType({ description: 'A range of prices, and how many of the found products are in it.' })
export class PriceCount {
  @Field(() => Money, { description: 'What the cheapest in it costs.' })
  lowest!: Money;

  @Field(() => Money, { description: 'What the dearest in it costs.' })
  highest!: Money;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'By what the found products differ. Counted over the 1000 best selling of them.' })
export class ProductFacets {
  @Field(() => Boolean, { description: 'Whether all that were found are counted; otherwise the 1000 best selling.' })
  isComplete!: boolean;

  @Field(() => [CategoryCount], { description: 'Their categories and those above, at most 50, the fullest first.' })
  @Directive('@listSize(assumedSize: 20)')
  categories!: CategoryCount[];

  @Field(() => [ValueCount], { description: 'Their brands, at most 50, the most frequent first.' })
  @Directive('@listSize(assumedSize: 20)')
  brands!: ValueCount[];

  @Field(() => [PriceCount], {
    description: 'Their prices in at most five ranges, the cheapest first. Empty unless a currency or a shop is given.',
  })
  @Directive('@listSize(assumedSize: 5)')
  prices!: PriceCount[];

  @Field(() => [AttributeCounts], { description: 'Their ten most frequent attributes.' })
  @Directive('@listSize(assumedSize: 10)')
  attributes!: AttributeCounts[];
}

/** A page of a search, which can be counted and summed up if somebody asks. */
export interface FoundProducts extends Page<Product> {
  readonly countFacets: () => Promise<ProductFacets>;
}

@ObjectType({ description: 'A page of the products that a search found.' })
export class ProductSearchConnection extends ProductConnection implements FoundProducts {
  countFacets!: () => Promise<ProductFacets>;

  @Field(() => Int, {
    description: 'How many were found; 1000 means that many or more. Computed only when selected.',
  })
  totalCount(): Promise<number> {
    return this.count();
  }

  @Field(() => ProductFacets, {
    nullable: true,
    description: 'By what they differ. Computed only when selected.',
  })
  facets(): Promise<ProductFacets> {
    return this.countFacets();
  }
}
