import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLURL } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A picture of a product.' })
@Entity()
export class ProductImage {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  productId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => GraphQLURL, { description: 'Where it is; always https.' })
  @Property({ type: 'text' })
  url!: string;

  @Field(() => String, { description: 'What is to be seen, for those who do not see it; may be empty.' })
  @Property({ type: 'text' })
  alternativeText!: string;

  @Property({ type: 'integer' })
  position!: number;
}
