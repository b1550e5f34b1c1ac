import { GraphQLCurrencyCode, GraphQLSafeInt } from '@supergraph/subgraph-kit';
import { IsOptional, Matches, Max, Min } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@InputType({ description: 'A new promotion. It takes either a part of the price off, or an amount.' })
export class CreatePromotionInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'For what this shop sells. Without one it is of the platform and for everything, which staff may make.',
  })
  shopId?: string | null;

  @Field(() => String, { description: 'What buyers type: 3 to 40 letters, digits and hyphens; case does not matter.' })
  @Matches(/^[A-Za-z0-9-]{3,40}$/, { message: 'Give 3 to 40 letters, digits and hyphens.' })
  code!: string;

  @Field(() => String, { description: 'What it is, for buyers to read, up to 200 characters.' })
  @IsPlainLine(200)
  description!: string;

  @Field(() => Int, { nullable: true, description: 'Off the price, in hundredths of a percent, 1 to 10000.' })
  @IsOptional()
  @Min(1)
  @Max(10_000)
  rate?: number | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Off the price, in minor units of the currency.' })
  @IsOptional()
  @Min(1)
  amount?: number | null;

  @Field(() => GraphQLCurrencyCode, { description: 'It counts in carts of this currency.' })
  currency!: string;

  @Field(() => GraphQLSafeInt, {
    defaultValue: 0,
    description: 'What has to be paid before it for it to count, in minor units.',
  })
  @Min(0)
  minimum!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'From when on it counts; at once unless told.' })
  startsAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it stops counting; never unless told.' })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many orders it is for; any number unless told.' })
  @IsOptional()
  @Min(1)
  usageLimit?: number | null;
}

@InputType({ description: 'A promotion to end.' })
export class EndPromotionInput {
  @Field(() => ID, { description: 'Which one.' })
  id!: string;
}
