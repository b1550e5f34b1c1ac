import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OrganizationOwned } from '@supergraph/subgraph-kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Where an organization keeps its books.' })
@Directive('@key(fields: "id")')
@Entity()
@OrganizationOwned()
export class Shelf {
  @Field(() => ID, { description: 'The shelf.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => String, { description: 'What is written on it.' })
  @Property({ type: 'text' })
  name!: string;
}
