import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Commerce's, of which messaging knows the id; who may see it is commerce's to say. */
@ObjectType({ description: 'A shop. Everybody sees an open one; in any other state only its own people and staff do.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Shop {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;
}
