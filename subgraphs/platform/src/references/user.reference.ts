import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Identity's user, of whom platform knows the id. */
@ObjectType({ description: 'A person with an account.' })
@Directive('@key(fields: "id", resolvable: false)')
export class User {
  @Field(() => ID, { description: 'Identifies the user.' })
  id!: string;
}
