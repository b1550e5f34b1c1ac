import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { OrganizationRole } from '../role/organization-role.ts';

@Directive('@key(fields: "id")')
@Directive('@authenticated')
@ObjectType({
  description: 'That a user belongs to an organization, and as what. Visible to the user and to their colleagues.',
})
@Entity()
export class Membership {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Field(() => OrganizationRole, { description: 'What the member may do.' })
  @Property({ type: 'text' })
  role!: OrganizationRole;

  @Field(() => GraphQLDateTime, { description: 'When the member joined.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;
}
