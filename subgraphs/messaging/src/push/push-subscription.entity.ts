import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A browser that takes push messages for a person. */
@Directive('@policy(policies: [["person"]])')
@ObjectType({ description: 'A browser that takes push messages for a person.' })
@Directive('@key(fields: "id")')
@Entity()
export class PushSubscription {
  @Field(() => ID, { description: 'Identifies the subscription.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  /** A secret of sorts: whoever knows it, and our key, can push. Not in the graph. */
  @Property({ type: 'text' })
  endpoint!: string;

  @Property({ type: 'text' })
  p256dh!: string;

  @Property({ type: 'text' })
  auth!: string;

  @Field(() => String, { nullable: true, description: 'The browser as it called itself when it was registered.' })
  @Property({ type: 'text', nullable: true })
  userAgent?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was registered.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;
}
