import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum BroadcastState {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  FINISHED = 'FINISHED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(BroadcastState, {
  name: 'BroadcastState',
  description: 'How far a broadcast has come.',
  valuesConfig: {
    PENDING: { description: 'Nobody was told yet.' },
    RUNNING: { description: 'Some were told.' },
    FINISHED: { description: 'Everybody was told.' },
    CANCELLED: { description: 'Stopped: whoever was not told yet will not be.' },
  },
});

export enum BroadcastAudience {
  ALL = 'ALL',
  ORGANIZATION = 'ORGANIZATION',
  ROLE = 'ROLE',
}

registerEnumType(BroadcastAudience, {
  name: 'BroadcastAudience',
  description: 'Whom a broadcast is for.',
  valuesConfig: {
    ALL: { description: 'Everybody on the platform.' },
    ORGANIZATION: { description: 'The members of the active organization.' },
    ROLE: { description: 'The members of the active organization who have one role.' },
  },
});

/** A message to many, sent in the background: `PENDING → RUNNING → FINISHED`, and `→ CANCELLED` from the first two. */
@Directive('@requiresScopes(scopes: [["messaging:broadcast"]])')
@ObjectType({ description: 'A message to many, sent in the background.' })
@Directive('@key(fields: "id")')
@Entity()
export class Broadcast {
  [OptionalProps]?: 'isOver';

  @Field(() => ID, { description: 'Identifies the broadcast.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The organization it is for; null for the whole platform.' })
  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Property({ type: 'uuid' })
  createdBy!: string;

  @Field(() => BroadcastAudience, { description: 'Whom it is for.' })
  @Property({ type: 'text' })
  audience!: BroadcastAudience;

  @Field(() => String, { nullable: true, description: 'The role it is for, where the audience is a role.' })
  @Property({ type: 'text', nullable: true })
  role?: string | null;

  @Field(() => String, { description: 'One line of plain text.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { description: 'Plain text.' })
  @Property({ type: 'text' })
  body!: string;

  @Field(() => String, { nullable: true, description: 'Where it leads: a path in the app, or a URL.' })
  @Property({ type: 'text', nullable: true })
  link?: string | null;

  @Field(() => BroadcastState, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  state: BroadcastState = BroadcastState.PENDING;

  @Field(() => Int, { description: 'How many people it was for when it was made.' })
  @Property({ type: 'integer' })
  totalCount!: number;

  @Field(() => Int, { description: 'How many were told.' })
  @Property({ type: 'integer' })
  notifiedCount = 0;

  @Field(() => Int, { description: 'How many were left out because they do not want announcements on any channel.' })
  @Property({ type: 'integer' })
  skippedCount = 0;

  @Property({ type: 'uuid', nullable: true })
  lastUserId?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the first were told.' })
  @Property({ type: 'datetime', nullable: true })
  startedAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it finished or was cancelled.' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  get isOver(): boolean {
    return this.state === BroadcastState.FINISHED || this.state === BroadcastState.CANCELLED;
  }

  start(now: Date): void {
    if (this.state !== BroadcastState.PENDING) throw this.illegal(BroadcastState.RUNNING);
    this.state = BroadcastState.RUNNING;
    this.startedAt = now;
  }

  /** Notes that everybody up to `lastUserId` is done. */
  advance(lastUserId: string, notified: number, skipped: number): void {
    if (this.state !== BroadcastState.RUNNING) throw this.illegal(BroadcastState.RUNNING);
    this.lastUserId = lastUserId;
    this.notifiedCount += notified;
    this.skippedCount += skipped;
  }

  finish(now: Date): void {
    if (this.state !== BroadcastState.RUNNING) throw this.illegal(BroadcastState.FINISHED);
    this.state = BroadcastState.FINISHED;
    this.endedAt = now;
  }

  cancel(now: Date): void {
    if (this.isOver) throw this.illegal(BroadcastState.CANCELLED);
    this.state = BroadcastState.CANCELLED;
    this.endedAt = now;
  }

  private illegal(to: BroadcastState) {
    return illegalTransition('A broadcast', this.state, to);
  }
}
