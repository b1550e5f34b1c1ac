import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { versionConflict } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import type { TemplateParts } from './render-template.ts';

/** The words of one type on one channel in one language. */
@Directive('@requiresScopes(scopes: [["messaging:templates.write"]])')
@ObjectType({ description: 'The words of one type of notification on one channel in one language.' })
@Directive('@key(fields: "id")')
@Entity()
export class NotificationTemplate {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Identifies the template.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization that says it in its own words; null for the words of the platform.',
  })
  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => NotificationType, { description: 'What the notification is about.' })
  @Property({ type: 'text' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The channel it is written for.' })
  @Property({ type: 'text' })
  channel!: Channel;

  @Field(() => String, { description: 'A language tag, for example `en` or `de-CH`.' })
  @Property({ type: 'text' })
  locale!: string;

  @Field(() => String, { description: 'Handlebars: the subject of a mail, otherwise the title.' })
  @Property({ type: 'text' })
  subject!: string;

  @Field(() => String, { description: 'Handlebars: plain text.' })
  @Property({ type: 'text' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Handlebars: the HTML part of a mail. Every value is escaped.' })
  @Property({ type: 'text', nullable: true })
  html?: string | null;

  @Field(() => Boolean, { description: 'Whether somebody changed it; false for a built-in one as it was delivered.' })
  @Property({ type: 'boolean' })
  customised!: boolean;

  @Field(() => Int, { description: 'Pass it with a change, to learn whether somebody else was faster.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;

  /** @throws `VERSION_CONFLICT` when somebody else changed it since `version` */
  rewrite(parts: TemplateParts, version: number, now: Date): void {
    if (version !== this.version) throw versionConflict('The template', this.version);
    this.subject = parts.subject;
    this.text = parts.text;
    this.html = parts.html ?? null;
    this.customised = true;
    this.updatedAt = now;
  }
}
