import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A book that one person can borrow at a time.' })
@Directive('@key(fields: "id")')
@Entity()
export class Book {
  @Field(() => ID, { description: 'The book.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shelfId!: string;

  @Field(() => String, { description: 'Its title, unique in the library.' })
  @Property({ type: 'text' })
  title!: string;

  @Field(() => ID, { nullable: true, description: 'Who has it now.' })
  @Property({ type: 'uuid', nullable: true })
  borrowedBy: string | null = null;

  borrow(userId: string): void {
    if (this.borrowedBy) throw illegalTransition('Book', 'BORROWED', 'BORROWED');
    this.borrowedBy = userId;
  }
}
