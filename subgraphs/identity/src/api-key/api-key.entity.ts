import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OrganizationOwned } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@Directive('@authenticated')
@ObjectType({
  description: 'With what a machine works for an organization, with some of the rights of whoever made it.',
})
@OrganizationOwned()
@Entity()
export class ApiKey {
  @Field(() => ID, { description: 'Never changes. Not the key itself.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Field(() => String, { description: 'What it is for.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { description: 'How the key begins, to recognise it by.' })
  @Property({ type: 'text' })
  prefix!: string;

  @Property({ type: 'text' })
  hash!: string;

  @Field(() => [String], {
    description: 'The permissions its tokens carry, as far as the person who made it still has them.',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  scopes!: string[];

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'From when on it gets no more tokens.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it last got a token, to within a minute; null if never.',
  })
  @Property({ type: 'datetime', nullable: true })
  lastUsedAt?: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was revoked, or its maker suspended or removed; null while it is good.',
  })
  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date | null;

  isLive(now: Date): boolean {
    return !this.revokedAt && this.expiresAt.getTime() > now.getTime();
  }

  /** Doing so twice is as good as once. */
  revoke(now: Date): void {
    this.revokedAt ??= now;
  }
}
