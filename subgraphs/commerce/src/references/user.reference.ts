import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Identity's user, of whom commerce knows the id and adds what they are about to buy. */
@ObjectType({ description: 'A person with an account.' })
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID, { description: 'Identifies the user.' })
  id!: string;
}
