import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ForReaders } from './dead-letter.directives.ts';

export enum DeadLetterDecision {
  RETRY = 'RETRY',
  DISCARD = 'DISCARD',
  RESTORE = 'RESTORE',
}

registerEnumType(DeadLetterDecision, {
  name: 'DeadLetterDecision',
  description: 'What an operator can decide about a dead letter.',
  valuesConfig: {
    RETRY: { description: 'To try it again, with all attempts anew.' },
    DISCARD: { description: 'To give it up.' },
    RESTORE: { description: 'To take back that it was given up.' },
  },
});

/** An entry of the record of who decided what. Never changed and never deleted. */
@ObjectType({ description: 'What somebody decided about a dead letter.' })
@ForReaders()
@Entity()
export class DeadLetterAction {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  deadLetterId!: string;

  @Field(() => DeadLetterDecision, { description: 'What was decided.' })
  @Property({ type: 'text' })
  decision!: DeadLetterDecision;

  @Property({ type: 'uuid' })
  actorId!: string;

  @Field(() => String, { nullable: true, description: 'Why, in the words of whoever decided.' })
  @Property({ type: 'text', nullable: true })
  reason?: string | null;

  @Property({ type: 'text' })
  correlationId!: string;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Property({ type: 'datetime' })
  madeAt!: Date;
}
