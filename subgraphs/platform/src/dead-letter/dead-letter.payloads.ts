import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ForReaders } from './dead-letter.directives.ts';
import { DeadLetterKind } from './dead-letter.entity.ts';

export enum DeadLetterRefusal {
  NOT_FOUND = 'NOT_FOUND',
  ALREADY_RETRIED = 'ALREADY_RETRIED',
  ALREADY_DISCARDED = 'ALREADY_DISCARDED',
  NOT_DISCARDED = 'NOT_DISCARDED',
  NO_CONSUMER = 'NO_CONSUMER',
  SUPERSEDED = 'SUPERSEDED',
}

registerEnumType(DeadLetterRefusal, {
  name: 'DeadLetterRefusal',
  description: 'Why a dead letter was left as it is.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is none with this id, or not any more.' },
    ALREADY_RETRIED: { description: 'It was retried before, perhaps by somebody else a moment ago.' },
    ALREADY_DISCARDED: { description: 'It was discarded before. Restore it first.' },
    NOT_DISCARDED: { description: 'It waits, so there is nothing to restore.' },
    NO_CONSUMER: { description: 'Its handler or job does not exist any more.' },
    SUPERSEDED: { description: 'The same thing is being delivered, waits as another job, or runs.' },
  },
});

@ObjectType({ description: 'A dead letter that was left as it is.' })
@ForReaders()
export class UnchangedDeadLetter {
  @Field(() => ID, { description: 'The id that was asked for.' })
  id!: string;

  @Field(() => DeadLetterRefusal, { description: 'Why.' })
  reason!: DeadLetterRefusal;
}

@ObjectType({ description: 'What came of a decision about dead letters.' })
@ForReaders()
export class DeadLetterChange {
  @Field(() => Int, { description: 'How many were changed.' })
  changedCount!: number;

  /** All of them; the graph shows the first hundred. */
  changedIds!: readonly string[];

  @Field(() => Int, { description: 'How many were left as they are.' })
  unchangedCount!: number;

  @Field(() => [UnchangedDeadLetter], {
    description: 'Those that were left as they are, and why; by filter, the first 100 of them.',
  })
  @Directive('@listSize(assumedSize: 100)')
  unchanged!: UnchangedDeadLetter[];

  @Field(() => Boolean, {
    description:
      'By filter: whether there may be more than one call works through, so that asking again goes on. Those that ' +
      'cannot be changed are looked at each time; narrow the filter to get past them.',
  })
  hasMore!: boolean;
}

@ObjectType({ description: 'How many dead letters of one handler or job wait for a decision.' })
@ForReaders()
export class DeadLetterSummary {
  @Field(() => String, { description: 'The subgraph they failed in.' })
  subgraph!: string;

  @Field(() => String, { description: 'The handler or job: `<subgraph>/<name>`.' })
  consumer!: string;

  @Field(() => DeadLetterKind, { description: 'What failed.' })
  kind!: DeadLetterKind;

  @Field(() => Int, { description: 'How many wait.' })
  waitingCount!: number;

  @Field(() => GraphQLDateTime, { description: 'When the first of them failed.' })
  firstFailedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the last of them failed.' })
  lastFailedAt!: Date;
}
