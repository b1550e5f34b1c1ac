import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/postgresql';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ImportState {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  FINISHED = 'FINISHED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(ImportState, {
  name: 'ProductImportState',
  description: 'How far an import has come.',
  valuesConfig: {
    PENDING: { description: 'Nothing was taken over yet.' },
    RUNNING: { description: 'Some lines were taken over.' },
    FINISHED: { description: 'Every line was taken over or has an error.' },
    CANCELLED: { description: 'Somebody stopped it. What was taken over by then stays.' },
  },
});

@ObjectType({ description: 'What is wrong with a line of an import.' })
export class ImportProblem {
  @Field(() => Int, { description: 'Which line of the text, from 1; the first is the header.' })
  line!: number;

  @Field(() => String, { description: 'What is wrong with it, for people to read.' })
  message!: string;
}

@Directive('@requiresScopes(scopes: [["commerce:read"]])')
@ObjectType({ description: 'Products that are taken over from a text in the background.' })
@Directive('@key(fields: "id")')
@Entity()
export class ProductImport {
  [OptionalProps]?: 'isOver';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  requestedBy!: string;

  @Field(() => ImportState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state!: ImportState;

  /** Empty once it is over. */
  @Property({ type: 'text', lazy: true })
  csv!: string;

  @Field(() => Int, { description: 'How many lines it has, the header not counted.' })
  @Property({ type: 'integer' })
  lineCount!: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  @Property({ type: 'integer', default: 0 })
  doneCount!: number;

  @Field(() => Int, { description: 'How many made a variant.' })
  @Property({ type: 'integer', default: 0 })
  createdCount!: number;

  @Field(() => Int, { description: 'How many changed a variant or its product. The others were as they are already.' })
  @Property({ type: 'integer', default: 0 })
  updatedCount!: number;

  @Field(() => Int, { description: 'How many were left out because of an error.' })
  @Property({ type: 'integer', default: 0 })
  failedCount!: number;

  @Field(() => [ImportProblem], { description: 'What was wrong, by line; the first 100.' })
  @Directive('@listSize(assumedSize: 20)')
  @Property({ type: 'json' })
  problems!: ImportProblem[];

  @Field(() => GraphQLDateTime, { description: 'When it was asked for.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was over.' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  get isOver(): boolean {
    return this.state === ImportState.FINISHED || this.state === ImportState.CANCELLED;
  }

  /** @throws `ILLEGAL_TRANSITION` when it is over */
  cancel(now: Date): void {
    if (this.isOver) throw illegalTransition('ProductImport', this.state, ImportState.CANCELLED);
    this.state = ImportState.CANCELLED;
    this.csv = '';
    this.endedAt = now;
  }
}
