import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { IsPlainLine, IsPlainText } from '../shop/plain-text.rule.ts';
import { ReviewSort } from './review-sort.ts';
import type { ReviewText } from './review.entity.ts';

@InputType({ description: 'What somebody says of a product, beside the stars.' })
class ReviewTextInput {
  @Field(() => String, { nullable: true, description: 'In a few words, in one plain line of up to 120 characters.' })
  @IsOptional()
  @IsPlainLine(120)
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'At length, in plain text of up to 5000 characters.' })
  @IsOptional()
  @IsPlainText(5_000)
  body?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'As the author wants to be called, in up to 60 characters. Everybody sees it, and nothing else of the author; ' +
      'null to go without a name.',
  })
  @IsOptional()
  @IsPlainLine(60)
  authorName?: string | null;
}

@InputType({ description: 'A new review of something that the caller bought.' })
export class AddReviewInput extends ReviewTextInput {
  @Field(() => ID, { description: 'Of which product.' })
  productId!: string;

  @Field(() => Int, { description: 'How many stars, 1 to 5.' })
  @Min(1)
  @Max(5)
  rating!: number;
}

@InputType({ description: 'What to change about a review of one’s own. What is left out stays; null takes it away.' })
export class UpdateReviewInput extends ReviewTextInput {
  @Field(() => ID, { description: 'Which review.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;

  @Field(() => Int, { nullable: true, description: 'How many stars, 1 to 5. Null changes nothing.' })
  @IsOptional()
  @Min(1)
  @Max(5)
  rating?: number | null;
}

@InputType({ description: 'A review.' })
export class ReviewInput {
  @Field(() => ID, { description: 'Which review.' })
  id!: string;
}

@InputType({ description: 'A review, as it was read.' })
export class ReviewVersionInput {
  @Field(() => ID, { description: 'Which review.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'What a shop says to a review.' })
export class ReplyToReviewInput extends ReviewVersionInput {
  @Field(() => String, { description: 'What it says, in plain text of 1 to 2000 characters.' })
  @IsPlainText(2_000)
  reply!: string;
}

@InputType({ description: 'A review to take out of sight, and why.' })
export class HideReviewInput {
  @Field(() => ID, { description: 'Which review.' })
  id!: string;

  @Field(() => String, { description: 'Why, for its author to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;
}

@InputType({ description: 'Which reviews of a product. What is left out does not matter.' })
export class ReviewFilter {
  @Field(() => Int, { nullable: true, description: 'Those with so many stars, 1 to 5.' })
  @IsOptional()
  @Min(1)
  @Max(5)
  stars?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those that are hidden, for staff alone; those that everybody sees unless told.',
  })
  @IsOptional()
  hidden?: boolean | null;
}

@ArgsType()
export class ReviewArguments extends ConnectionArguments {
  @Field(() => ReviewFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ReviewFilter | null;

  @Field(() => ReviewSort, { defaultValue: ReviewSort.NEWEST, description: 'In which order.' })
  @IsEnum(ReviewSort)
  sort!: ReviewSort;
}

@InputType({ description: 'Which reviews of what a shop sells. What is left out does not matter.' })
export class ShopReviewFilter {
  @Field(() => Int, { nullable: true, description: 'Those with so many stars, 1 to 5.' })
  @IsOptional()
  @Min(1)
  @Max(5)
  stars?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those that the shop has not replied to, or with false those that it has.',
  })
  @IsOptional()
  unanswered?: boolean | null;
}

@ArgsType()
export class ShopReviewArguments extends ConnectionArguments {
  @Field(() => ShopReviewFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ShopReviewFilter | null;
}

/** What was given of a text, without the blanks around it. What was left out is not in it. */
export function textOf({ title, body, authorName }: ReviewTextInput): Partial<Omit<ReviewText, 'rating'>> {
  const given = Object.entries({ title, body, authorName }).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given.map(([name, text]) => [name, text?.trim() ?? null]));
}
