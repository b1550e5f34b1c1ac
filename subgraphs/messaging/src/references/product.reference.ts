import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Commerce's, of which messaging knows the id; who may see it is commerce's to say. */
@ObjectType({
  description:
    'Something a shop sells, in one variant or several. What is not for sale only its shop’s people and staff see.',
})
@Directive('@key(fields: "id", resolvable: false)')
export class Product {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;
}
