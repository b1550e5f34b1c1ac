import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How many gave a product so many stars.' })
export class StarCount {
  @Field(() => Int, { description: 'So many stars, 1 to 5.' })
  stars!: number;

  @Field(() => Int, { description: 'How many people.' })
  count!: number;
}
