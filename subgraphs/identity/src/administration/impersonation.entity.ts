import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@Directive('@requiresScopes(scopes: [["platform:audit.read"], ["identity:users.impersonate"]])')
@ObjectType({
  description: 'That a member of staff worked in a user’s name, for the audit. Written once, never changed.',
})
@Entity()
export class Impersonation {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'uuid' })
  impersonatorId!: string;

  @Property({ type: 'uuid' })
  sessionId!: string;

  @Field(() => String, { description: 'Why, in the words of the member of staff.' })
  @Property({ type: 'text' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'The network address they worked from.' })
  @Property({ type: 'text', nullable: true })
  address?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  @Property({ type: 'datetime' })
  startedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it ended at the latest: there is no refreshing.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;
}
