import { IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';
import { SLUG } from '../shop/slug.ts';

const MAX_POSITION = 100_000;

@InputType({ description: 'A new category.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'As buyers will know it, up to 100 characters.' })
  @IsPlainLine(100)
  name!: string;

  @Field(() => String, {
    description: 'Its address in the storefront: 2 to 60 characters, lower-case words and numbers joined by hyphens.',
  })
  @Length(2, 60)
  @Matches(SLUG, { message: 'Give lower-case words and numbers joined by hyphens.' })
  slug!: string;

  @Field(() => ID, { nullable: true, description: 'The category to put it in; at the top when left out.' })
  parentId?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Its place among those in the same category.' })
  @Min(0)
  @Max(MAX_POSITION)
  position!: number;
}

@InputType({ description: 'A category, as it was read.' })
export class CategoryVersionInput {
  @Field(() => ID, { description: 'Which category.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'A new name for a category.' })
export class RenameCategoryInput extends CategoryVersionInput {
  @Field(() => String, { description: 'As buyers will know it, up to 100 characters.' })
  @IsPlainLine(100)
  name!: string;
}

@InputType({ description: 'A new place for a category.' })
export class MoveCategoryInput extends CategoryVersionInput {
  @Field(() => ID, { nullable: true, description: 'The category to put it in; at the top when left out.' })
  @IsOptional()
  parentId?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Its place among those in the same category.' })
  @Min(0)
  @Max(MAX_POSITION)
  position!: number;
}
