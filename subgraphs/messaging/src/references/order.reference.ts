import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Commerce's, of which messaging knows the id; who may see it is commerce's to say. */
@ObjectType({
  description: 'What somebody bought, of any number of shops. For its buyer; each shop sees its `ShopOrder`.',
})
@Directive('@key(fields: "id", resolvable: false)')
export class Order {
  @Field(() => ID, { description: 'Never changes.' })
  id!: string;
}
