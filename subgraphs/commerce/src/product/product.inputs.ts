import { ConnectionArguments } from '@supergraph/subgraph-kit';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsEnum,
  IsOptional,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';
import { SLUG } from '../shop/slug.ts';
import { IsHttpsUrl } from './https-url.rule.ts';
import { ProductStatus } from './product-status.ts';

const MAX_IMAGES = 20;
const MAX_ATTRIBUTES = 50;

@InputType({ description: 'What products are found and told apart by.' })
export class ProductAttributeInput {
  @Field(() => String, { description: 'Of what, for example `material`, up to 50 characters.' })
  @IsPlainLine(50)
  name!: string;

  @Field(() => String, { description: 'Which, for example `oak`, up to 200 characters.' })
  @IsPlainLine(200)
  value!: string;
}

@InputType({ description: 'A picture of a product.' })
export class ProductImageInput {
  @Field(() => String, { description: 'Where it is: an https URL of up to 2000 characters.' })
  @IsHttpsUrl()
  url!: string;

  @Field(() => String, {
    defaultValue: '',
    description: 'What is to be seen, for those who do not see it, up to 300 characters.',
  })
  @MaxLength(300)
  alternativeText!: string;
}

@InputType({ description: 'What a product says of itself. What is left out stays.' })
class ProductDetailsInput {
  @Field(() => String, { nullable: true, description: 'What it is, in plain text, up to 20000 characters.' })
  @IsOptional()
  @MaxLength(20_000)
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who makes it, up to 100 characters; null for nobody in particular.',
  })
  @IsOptional()
  @IsPlainLine(100)
  brand?: string | null;

  @Field(() => ID, { nullable: true, description: 'The category it is in; null for none.' })
  @IsOptional()
  categoryId?: string | null;

  @Field(() => [ProductAttributeInput], {
    nullable: true,
    description: `All its attributes, up to ${MAX_ATTRIBUTES}, each name once.`,
  })
  @IsOptional()
  @ArrayMaxSize(MAX_ATTRIBUTES)
  @ArrayUnique(({ name }: ProductAttributeInput) => name.trim(), { message: 'Give each attribute once.' })
  @ValidateNested({ each: true })
  attributes?: ProductAttributeInput[] | null;

  @Field(() => [ProductImageInput], {
    nullable: true,
    description: `All its pictures, up to ${MAX_IMAGES}, the most telling first.`,
  })
  @IsOptional()
  @ArrayMaxSize(MAX_IMAGES)
  @ValidateNested({ each: true })
  images?: ProductImageInput[] | null;
}

@InputType({ description: 'A new product. It is a draft until it is published.' })
export class CreateProductInput extends ProductDetailsInput {
  @Field(() => ID, { description: 'The shop that will sell it.' })
  shopId!: string;

  @Field(() => String, { description: 'As buyers will know it, up to 200 characters.' })
  @IsPlainLine(200)
  title!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its address within the shop: 1 to 100 characters, lower-case words and numbers joined by hyphens. Made of the ' +
      'title when left out.',
  })
  @IsOptional()
  @Length(1, 100)
  @Matches(SLUG, { message: 'Give lower-case words and numbers joined by hyphens.' })
  slug?: string | null;
}

@InputType({ description: 'A product, as it was read.' })
export class ProductVersionInput {
  @Field(() => ID, { description: 'Which product.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'What to change about a product. What is left out stays.' })
export class UpdateProductInput extends ProductDetailsInput {
  @Field(() => ID, { description: 'Which product.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'As buyers will know it, up to 200 characters.' })
  @IsOptional()
  @IsPlainLine(200)
  title?: string | null;
}

@InputType({ description: 'Which products of a shop. What is left out does not matter.' })
export class ShopProductFilter {
  @Field(() => ProductStatus, {
    nullable: true,
    description: 'Those of this status. Who does not work for the shop finds none but those for sale.',
  })
  @IsOptional()
  @IsEnum(ProductStatus)
  status?: ProductStatus | null;
}

@ArgsType()
export class ShopProductArguments extends ConnectionArguments {
  @Field(() => ShopProductFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ShopProductFilter | null;
}
