import { MoneyInput } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayUnique, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ProductAttributeInput } from '../product/product.inputs.ts';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

const MAX_OPTIONS = 10;
const MAX_POSITION = 100_000;

@InputType({ description: 'A new variant of a product. It can be bought at once if the product can.' })
export class CreateProductVariantInput {
  @Field(() => ID, { description: 'Of which product.' })
  productId!: string;

  @Field(() => String, { description: 'What the shop calls it in its books, up to 60 characters; once in each shop.' })
  @IsPlainLine(60)
  sku!: string;

  @Field(() => String, {
    nullable: true,
    description: 'As buyers will know it, up to 200 characters. Made of its options when left out.',
  })
  @IsOptional()
  @IsPlainLine(200)
  title?: string | null;

  @Field(() => [ProductAttributeInput], {
    nullable: true,
    description: `What tells it from its siblings, such as size: M; up to ${MAX_OPTIONS}, each name once.`,
  })
  @IsOptional()
  @ArrayMaxSize(MAX_OPTIONS)
  @ArrayUnique(({ name }: ProductAttributeInput) => name.trim(), { message: 'Give each option once.' })
  @ValidateNested({ each: true })
  options?: ProductAttributeInput[] | null;

  @Field(() => MoneyInput, { description: 'What it costs, in the currency of the shop.' })
  @ValidateNested()
  price!: MoneyInput;

  @Field(() => MoneyInput, { nullable: true, description: 'What it cost before, when that was more.' })
  @IsOptional()
  @ValidateNested()
  compareAtPrice?: MoneyInput | null;

  @Field(() => Int, { defaultValue: 0, description: 'Its place among the variants of the product.' })
  @Min(0)
  @Max(MAX_POSITION)
  position!: number;
}

@InputType({ description: 'A variant, as it was read.' })
export class ProductVariantVersionInput {
  @Field(() => ID, { description: 'Which variant.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'What to change about a variant. What is left out stays.' })
export class UpdateProductVariantInput extends ProductVariantVersionInput {
  @Field(() => String, { nullable: true, description: 'What the shop calls it in its books, up to 60 characters.' })
  @IsOptional()
  @IsPlainLine(60)
  sku?: string | null;

  @Field(() => String, { nullable: true, description: 'As buyers will know it, up to 200 characters.' })
  @IsOptional()
  @IsPlainLine(200)
  title?: string | null;

  @Field(() => [ProductAttributeInput], {
    nullable: true,
    description: `What tells it from its siblings, up to ${MAX_OPTIONS}, each name once.`,
  })
  @IsOptional()
  @ArrayMaxSize(MAX_OPTIONS)
  @ArrayUnique(({ name }: ProductAttributeInput) => name.trim(), { message: 'Give each option once.' })
  @ValidateNested({ each: true })
  options?: ProductAttributeInput[] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'What it costs, in the currency of the shop.' })
  @IsOptional()
  @ValidateNested()
  price?: MoneyInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What it cost before, when that was more; null for nothing of the kind.',
  })
  @IsOptional()
  @ValidateNested()
  compareAtPrice?: MoneyInput | null;

  @Field(() => Int, { nullable: true, description: 'Its place among the variants of the product.' })
  @IsOptional()
  @Min(0)
  @Max(MAX_POSITION)
  position?: number | null;
}
