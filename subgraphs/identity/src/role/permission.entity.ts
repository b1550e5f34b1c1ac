import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@authenticated')
@ObjectType({ description: 'One thing that roles may allow.' })
@Entity()
export class Permission {
  @Field(() => String, { description: '`domain:action`, as it stands in the scope of access tokens.' })
  @PrimaryKey({ type: 'text' })
  name!: string;

  @Field(() => String, { description: 'What it allows.' })
  @Property({ type: 'text' })
  description!: string;
}
