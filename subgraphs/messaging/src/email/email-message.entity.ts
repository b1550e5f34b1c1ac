import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A mail in the development mailbox: it would have been sent, had a mail server been configured. */
@Directive('@requiresScopes(scopes: [["messaging:mailbox.read"]])')
@ObjectType({ description: 'A mail in the development mailbox, which stands in for a mail server.' })
@Directive('@key(fields: "id")')
@Entity()
export class EmailMessage {
  @Field(() => ID, { description: 'Identifies the mail.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'text' })
  messageId!: string;

  @Field(() => String, { name: 'to', description: 'The address it was sent to.' })
  @Property({ type: 'text' })
  recipient!: string;

  @Field(() => String, { description: 'Its subject.' })
  @Property({ type: 'text' })
  subject!: string;

  @Field(() => String, { description: 'Its plain text part.' })
  @Property({ type: 'text' })
  text!: string;

  @Field(() => String, { description: 'Its HTML part.' })
  @Property({ type: 'text' })
  html!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was sent.' })
  @Property({ type: 'datetime' })
  sentAt!: Date;
}
