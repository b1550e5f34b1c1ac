import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Identity's user, of whom messaging knows the id and adds what they were told. */
@ObjectType({ description: 'A person with an account.' })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID, { description: 'Identifies the user.' })
  id!: string;
}
