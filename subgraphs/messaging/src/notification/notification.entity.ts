import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { NotificationType } from './notification-type.ts';
import type { SubjectType } from './notification.subject.ts';

/** Something a person was told. Belongs to that person alone. */
@Directive('@policy(policies: [["person"]])')
@ObjectType({ description: 'Something a person was told, in the list of their app.' })
@Directive('@key(fields: "id")')
@Entity()
export class Notification {
  @Field(() => ID, { description: 'Identifies the notification.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Field(() => ID, { nullable: true, description: 'The organization it is about, where there is one.' })
  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => NotificationType, { description: 'What it is about.' })
  @Property({ type: 'text' })
  type!: NotificationType;

  @Field(() => String, { description: 'One line of plain text.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => String, { description: 'Plain text; may be empty.' })
  @Property({ type: 'text' })
  body!: string;

  @Field(() => String, { nullable: true, description: 'Where it leads: a path in the app, or a URL.' })
  @Property({ type: 'text', nullable: true })
  link?: string | null;

  @Property({ type: 'text', nullable: true })
  subjectType?: SubjectType | null;

  @Property({ type: 'uuid', nullable: true })
  subjectId?: string | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'What the sender attached for the client, as it was given.',
  })
  @Property({ type: 'json', nullable: true })
  data?: Record<string, unknown> | null;

  /** Its place among the person's notifications: grows in the order in which they become visible. */
  @Property({ type: new BigIntType('number') })
  sequence!: number;

  /** What it was made from; see the table's unique constraint. */
  @Property({ type: 'text' })
  source!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was read; null while it is unread.' })
  @Property({ type: 'datetime', nullable: true })
  readAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was put away; null while it is in the list.' })
  @Property({ type: 'datetime', nullable: true })
  archivedAt?: Date | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  /** Reading twice keeps the first time. */
  markRead(now: Date): void {
    this.readAt ??= now;
  }

  markUnread(): void {
    this.readAt = null;
  }

  archive(now: Date): void {
    this.archivedAt ??= now;
  }

  restore(): void {
    this.archivedAt = null;
  }
}
