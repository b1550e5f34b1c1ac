import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ForReaders } from './dead-letter.directives.ts';

export enum DeadLetterKind {
  EVENT = 'EVENT',
  JOB = 'JOB',
}

registerEnumType(DeadLetterKind, {
  name: 'DeadLetterKind',
  description: 'What failed.',
  valuesConfig: {
    EVENT: { description: 'An event that a handler could not deal with.' },
    JOB: { description: 'A job, such as a mail to send.' },
  },
});

export enum DeadLetterState {
  WAITING = 'WAITING',
  RETRIED = 'RETRIED',
  DISCARDED = 'DISCARDED',
}

registerEnumType(DeadLetterState, {
  name: 'DeadLetterState',
  description: 'What became of a dead letter.',
  valuesConfig: {
    WAITING: { description: 'Nobody has decided yet.' },
    RETRIED: { description: 'It was tried again. If that failed for good as well, there is another dead letter.' },
    DISCARDED: { description: 'It was given up. It can be restored for 14 days.' },
  },
});

/**
 * What has failed for the last time, in whichever subgraph: `WAITING → RETRIED`, `WAITING ⇄ DISCARDED`.
 *
 * The table is the bus's, which fills it and alone may change it; see `subgraph-kit/migrations/bus`.
 */
@ObjectType({ description: 'An event’s delivery or a job that has failed for the last time.' })
@Directive('@key(fields: "id")')
@ForReaders()
@Entity({ schema: 'bus', tableName: 'dead_letter', readonly: true })
export class DeadLetter {
  @Field(() => ID, { description: 'Identifies the dead letter. What dies once more is another one.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => DeadLetterKind, { description: 'What failed.' })
  @Property({ type: 'text' })
  kind!: DeadLetterKind;

  @Field(() => String, { description: 'The subgraph in which it failed.' })
  @Property({ type: 'text' })
  subgraph!: string;

  @Field(() => String, { description: 'What could not deal with it: `<subgraph>/<handler>` or `<subgraph>/<job>`.' })
  @Property({ type: 'text' })
  consumer!: string;

  @Field(() => String, { description: 'The name of the event or of the job.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Property({ type: 'integer' })
  attempts!: number;

  @Property({ type: 'text' })
  lastError!: string;

  @Field(() => GraphQLDateTime, { description: 'When the last attempt had failed.' })
  @Property({ type: 'datetime' })
  failedAt!: Date;

  @Field(() => String, { description: 'Finds what led to it in the logs of every process.' })
  @Property({ type: 'text' })
  correlationId!: string;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => DeadLetterState, { description: 'What became of it.' })
  @Property({ type: 'text' })
  state!: DeadLetterState;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was retried or discarded; null while it waits.',
  })
  @Property({ type: 'datetime', nullable: true })
  settledAt?: Date | null;
}
