import { ConnectionArguments, GraphQLCurrencyCode, GraphQLSafeInt } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayMinSize, IsEnum, IsOptional, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, Float, ID, InputType, registerEnumType } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

const MAX_CHOICES = 20;
const MAX_ATTRIBUTES = 10;

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  BEST_SELLING = 'BEST_SELLING',
  NEWEST = 'NEWEST',
  RATING = 'RATING',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
}

registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'How to sort products.',
  valuesConfig: {
    RELEVANCE: {
      description:
        'What fits the text best comes first, among the 1000 best selling that fit at all; without a text, what sells best.',
    },
    BEST_SELLING: { description: 'What was sold most comes first.' },
    NEWEST: { description: 'What was published last comes first.' },
    RATING: { description: 'What is rated best comes first; few ratings count less than many.' },
    PRICE_ASC: { description: 'The cheapest first. Takes a currency or a shop to filter by.' },
    PRICE_DESC: { description: 'The dearest first. Takes a currency or a shop to filter by.' },
  },
});

@InputType({ description: 'An attribute to find products by.' })
export class AttributeFilter {
  @Field(() => String, { description: 'Of what, for example `material`.' })
  @IsPlainLine(50)
  name!: string;

  @Field(() => [String], { description: `Any of these, 1 to ${MAX_CHOICES}, for example \`oak\`.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_CHOICES)
  @MaxLength(200, { each: true })
  values!: string[];
}

@InputType({ description: 'Which products. What is left out does not matter, and everything given has to fit.' })
export class ProductFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Those with these words in title, brand or description, up to 200 characters. The last word may be a beginning. ' +
      'Where nothing fits, words that are written alike are looked for instead.',
  })
  @IsOptional()
  @MaxLength(200)
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those of this shop.' })
  @IsOptional()
  shopId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those in this category or anywhere below it.' })
  @IsOptional()
  categoryId?: string | null;

  @Field(() => GraphQLCurrencyCode, { nullable: true, description: 'Those that are sold in this currency.' })
  @IsOptional()
  currency?: string | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: 'Those of which the cheapest variant costs this or more, in minor units. Takes a currency or a shop.',
  })
  @IsOptional()
  @Min(0)
  minPrice?: number | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: 'Those of which the cheapest variant costs this or less, in minor units. Takes a currency or a shop.',
  })
  @IsOptional()
  @Min(0)
  maxPrice?: number | null;

  @Field(() => [String], { nullable: true, description: `Those of any of these brands, up to ${MAX_CHOICES}.` })
  @IsOptional()
  @ArrayMaxSize(MAX_CHOICES)
  @MaxLength(100, { each: true })
  brands?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'Those rated this or better on average, from 1 to 5.' })
  @IsOptional()
  @Min(1)
  @Max(5)
  minRating?: number | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: `Those with all of these attributes, up to ${MAX_ATTRIBUTES}.`,
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ATTRIBUTES)
  @ValidateNested({ each: true })
  attributes?: AttributeFilter[] | null;
}

@ArgsType()
export class ProductArguments extends ConnectionArguments {
  @Field(() => ProductFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ProductFilter | null;

  @Field(() => ProductSort, { defaultValue: ProductSort.RELEVANCE, description: 'In which order.' })
  @IsEnum(ProductSort)
  sort!: ProductSort;
}
