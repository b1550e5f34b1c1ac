import { Entity, Filter, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';

/** What the archive of the tests keeps. Withdrawn articles are nobody's business. */
@ObjectType({ description: 'Something to read.' })
@Entity({ tableName: 'article' })
@Filter({ name: 'available', cond: { withdrawn: false }, default: true })
export class Article {
  [OptionalProps]?: 'withdrawn' | 'version';

  @Field(() => ID, { description: 'Identifies the article.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shelfId!: string;

  @Field(() => String, { description: 'What is printed on the cover.' })
  @Property({ type: 'text' })
  title!: string;

  @Property({ type: 'text', nullable: true })
  subtitle?: string;

  @Property({ type: 'integer' })
  rating!: number;

  @Property({ type: 'datetime' })
  publishedAt!: Date;

  @Property({ type: 'boolean' })
  withdrawn: boolean = false;

  @Property({ type: 'integer', version: true })
  version: number = 1;
}
