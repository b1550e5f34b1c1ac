import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { conflict, illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** How long a deleted organization can be had back, in milliseconds. */
export const RESTORE_WINDOW_MS = 30 * 24 * 60 * 60_000;

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Whom business belongs to. Visible to its members only.' })
@Entity()
export class Organization {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'As its members call it.' })
  @Property({ type: 'text' })
  name!: string;

  /** The user whose personal organization this is; nobody else can join it. */
  @Property({ type: 'uuid', nullable: true })
  personalTo?: string | null;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was founded.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was deleted. An owner can restore it for 30 days.',
  })
  @Property({ type: 'datetime', nullable: true })
  deletedAt?: Date | null;

  rename(name: string, now: Date): void {
    this.name = name.trim();
    this.updatedAt = now;
  }

  /** @throws `CONFLICT` for a personal one, which lives as long as its person */
  delete(now: Date): void {
    if (this.personalTo) throw conflict('A personal organization goes with its account only.');
    if (this.deletedAt) throw illegalTransition('Organization', 'DELETED', 'DELETED');
    this.end(now);
  }

  /** @throws `CONFLICT` when it was deleted too long ago */
  restore(now: Date): void {
    if (!this.deletedAt) throw illegalTransition('Organization', 'ACTIVE', 'ACTIVE');
    if (!this.isRestorable(now)) throw conflict('It was deleted more than 30 days ago.');
    this.deletedAt = null;
    this.updatedAt = now;
  }

  isRestorable(now: Date): boolean {
    return Boolean(this.deletedAt) && !this.personalTo && now.getTime() - this.deletedAt!.getTime() < RESTORE_WINDOW_MS;
  }

  /** A personal one is named after its person, who is not to be found here any more. */
  end(now: Date): void {
    if (this.personalTo) this.name = 'Deleted organization';
    this.deletedAt = now;
    this.updatedAt = now;
  }
}
