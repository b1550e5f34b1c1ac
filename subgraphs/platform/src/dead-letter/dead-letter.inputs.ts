import { ConnectionArguments } from '@supergraph/subgraph-kit';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsEnum,
  IsOptional,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql';
import { DeadLetterKind, DeadLetterState } from './dead-letter.entity.ts';

export enum DeadLetterSort {
  FAILED_AT_ASC = 'FAILED_AT_ASC',
  FAILED_AT_DESC = 'FAILED_AT_DESC',
  CONSUMER_ASC = 'CONSUMER_ASC',
  CONSUMER_DESC = 'CONSUMER_DESC',
}

registerEnumType(DeadLetterSort, {
  name: 'DeadLetterSort',
  description: 'How to sort dead letters.',
  valuesConfig: {
    FAILED_AT_ASC: { description: 'What failed first comes first.' },
    FAILED_AT_DESC: { description: 'What failed last comes first.' },
    CONSUMER_ASC: { description: 'By consumer, from A to Z; of one consumer, what failed first comes first.' },
    CONSUMER_DESC: { description: 'By consumer, from Z to A; of one consumer, what failed last comes first.' },
  },
});

@InputType({ description: 'Which dead letters. What is left out does not matter.' })
export class DeadLetterFilter {
  @Field(() => String, { nullable: true, description: 'Those of one subgraph.' })
  @IsOptional()
  @MaxLength(64)
  subgraph?: string | null;

  @Field(() => DeadLetterKind, { nullable: true, description: 'Only events, or only jobs.' })
  kind?: DeadLetterKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Those of one handler or job, as `DeadLetter.consumer` names it.',
  })
  @IsOptional()
  @MaxLength(200)
  consumer?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Those that failed at this time or later.' })
  @IsOptional()
  failedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Those that failed before this time.' })
  @IsOptional()
  failedBefore?: Date | null;

  @Field(() => ID, { nullable: true, description: 'Those on behalf of one organization.' })
  @IsOptional()
  @MaxLength(64)
  organizationId?: string | null;
}

@ArgsType()
export class DeadLetterArguments extends ConnectionArguments {
  @Field(() => DeadLetterState, {
    defaultValue: DeadLetterState.WAITING,
    description: 'Those in this state.',
  })
  state!: DeadLetterState;

  @Field(() => DeadLetterFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: DeadLetterFilter | null;

  @Field(() => [DeadLetterSort], {
    nullable: true,
    description: 'The most significant first; what failed last comes first unless told.',
  })
  @IsOptional()
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsEnum(DeadLetterSort, { each: true })
  sort?: DeadLetterSort[] | null;
}

@InputType({ description: 'About which dead letters to decide: either some by their ids, or all that a filter finds.' })
export class DeadLetterSelectionInput {
  @Field(() => [ID], { nullable: true, description: '1 to 100 of them by their ids. Not together with `filter`.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @MaxLength(64, { each: true })
  ids?: string[] | null;

  @Field(() => DeadLetterFilter, {
    nullable: true,
    description:
      'All of these that can be changed, the oldest first, at most 1,000 in one go; `hasMore` tells whether to ask again. ' +
      'What dies meanwhile is left alone. An empty filter means every one. Not together with `ids`.',
  })
  @IsOptional()
  @ValidateNested()
  filter?: DeadLetterFilter | null;

  @Field(() => String, {
    nullable: true,
    description: 'Asking again under the same key changes nothing and gives the first answer. 1 to 128 characters.',
  })
  @IsOptional()
  @Length(1, 128)
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to try again.' })
export class RetryDeadLettersInput extends DeadLetterSelectionInput {}

@InputType({ description: 'What to give up, and why.' })
export class DiscardDeadLettersInput extends DeadLetterSelectionInput {
  @Field(() => String, { description: 'Why, for whoever asks later. 1 to 500 characters.' })
  @Length(1, 500)
  reason!: string;
}

@InputType({ description: 'What to put back onto the list.' })
export class RestoreDeadLettersInput extends DeadLetterSelectionInput {}
