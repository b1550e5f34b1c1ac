import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Commerce's, of which messaging knows the id; who may see it is commerce's to say. */
@ObjectType({ description: 'The part of an order that one shop sells. For its buyer and the people of the shop.' })
@Directive('@key(fields: "id", resolvable: false)')
export class ShopOrder {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;
}
