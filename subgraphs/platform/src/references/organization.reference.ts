import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Identity's organization, of which platform knows the id. */
@ObjectType({ description: 'People who work together, and what belongs to them.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Organization {
  @Field(() => ID, { description: 'Identifies the organization.' })
  id!: string;
}
