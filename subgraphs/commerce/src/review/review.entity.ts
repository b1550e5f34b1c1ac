import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** What its author says. */
export interface ReviewText {
  readonly rating: number;
  readonly title: string | null;
  readonly body: string | null;
  readonly authorName: string | null;
}

@ObjectType({
  description:
    'What somebody who bought a product says of it. Whoever sees the product sees it; one that staff has hidden only its ' +
    'author and staff do, and it does not count in what the product is rated.',
})
@Directive('@key(fields: "id")')
@Entity()
export class Review {
  [OptionalProps]?: 'helpfulCount' | 'hidden' | 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  productId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  /** The shop's. */
  @Property({ type: 'uuid' })
  organizationId!: string;

  /** Null once the account is deleted. */
  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'As the author wants to be called here, up to 60 characters; null for somebody who does not say.',
  })
  @Property({ type: 'text', nullable: true })
  authorName?: string | null;

  @Field(() => Int, { description: 'How many stars, 1 to 5.' })
  @Property({ type: 'integer' })
  rating!: number;

  @Field(() => String, { nullable: true, description: 'In a few words, in plain text, up to 120 characters.' })
  @Property({ type: 'text', nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'At length, in plain text, up to 5000 characters.' })
  @Property({ type: 'text', nullable: true })
  body?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the shop says to it, in plain text, up to 2000 characters; null while it says nothing.',
  })
  @Property({ type: 'text', nullable: true })
  reply?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the shop last said so; null while it did not.' })
  @Property({ type: 'datetime', nullable: true })
  repliedAt?: Date | null;

  @Property({ type: 'uuid', nullable: true })
  repliedBy?: string | null;

  @Property({ type: 'text', nullable: true })
  hiddenReason?: string | null;

  @Property({ type: 'datetime', nullable: true })
  hiddenAt?: Date | null;

  @Property({ type: 'uuid', nullable: true })
  hiddenBy?: string | null;

  /** Kept by votes, in the database. */
  @Field(() => Int, { description: 'How many people found it helpful.' })
  @Property({ type: 'integer', default: 0 })
  helpfulCount!: number;

  @Field(() => Int, {
    description: 'Grows with each change; an update passes the one it read. Whether it helps somebody does not count.',
  })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was written.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When its author last changed it.' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => Boolean, { description: 'Whether staff has taken it out of everybody else’s sight.' })
  get hidden(): boolean {
    return Boolean(this.hiddenAt);
  }

  revise(changes: Partial<ReviewText>, now: Date): void {
    Object.assign(this, changes);
    this.updatedAt = now;
  }

  answer(reply: string, by: string, now: Date): void {
    Object.assign(this, { reply, repliedBy: by, repliedAt: now });
  }

  takeAnswerBack(): void {
    Object.assign(this, { reply: null, repliedBy: null, repliedAt: null });
  }

  /** @throws `ILLEGAL_TRANSITION` when it is hidden already */
  hide(reason: string, by: string, now: Date): void {
    if (this.hidden) throw illegalTransition('Review', 'HIDDEN', 'HIDDEN');
    Object.assign(this, { hiddenReason: reason, hiddenBy: by, hiddenAt: now });
  }

  /** @throws `ILLEGAL_TRANSITION` when everybody sees it */
  show(): void {
    if (!this.hidden) throw illegalTransition('Review', 'SHOWN', 'SHOWN');
    Object.assign(this, { hiddenReason: null, hiddenBy: null, hiddenAt: null });
  }
}
