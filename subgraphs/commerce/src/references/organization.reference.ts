import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Identity's organization, of which commerce knows the id and adds its shops. */
@ObjectType({ description: 'People who work together, and what belongs to them.' })
@Directive('@key(fields: "id")')
export class Organization {
  @Field(() => ID, { description: 'Identifies the organization.' })
  id!: string;
}
