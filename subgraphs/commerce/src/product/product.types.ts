import { Money } from '@supergraph/subgraph-kit';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What products are found and told apart by, such as material: oak.' })
export class ProductAttribute {
  @Field(() => String, { description: 'Of what, for example `material`.' })
  name!: string;

  @Field(() => String, { description: 'Which, for example `oak`.' })
  value!: string;
}

@ObjectType({ description: 'What a product costs, from its cheapest to its dearest variant that can be bought.' })
export class PriceRange {
  @Field(() => Money, { description: 'Of the cheapest.' })
  lowest!: Money;

  @Field(() => Money, { description: 'Of the dearest.' })
  highest!: Money;
}
