import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/postgresql';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** How deep the tree may be. */
export const MAX_DEPTH = 6;

@ObjectType({ description: 'A place for products in the catalogue, which is a tree.' })
@Directive('@key(fields: "id")')
@Entity()
export class Category {
  [OptionalProps]?: 'depth' | 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The category it is in; null for one at the top.' })
  @Property({ type: 'uuid', nullable: true })
  parentId?: string | null;

  @Field(() => String, { description: 'As buyers know it.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, {
    description: 'Its address in the storefront: lower-case words joined by hyphens. Never changes.',
  })
  @Property({ type: 'text' })
  slug!: string;

  /** The ids from the top to itself. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  path!: string[];

  @Field(() => Int, { description: 'Its place among those in the same category: they are sorted by it.' })
  @Property({ type: 'integer' })
  position!: number;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => Int, { description: `How deep it is in the tree: 1 at the top, ${MAX_DEPTH} at most.` })
  get depth(): number {
    return this.path.length;
  }

  rename(name: string, now: Date): void {
    this.name = name;
    this.updatedAt = now;
  }

  moveTo(parent: Category | null, position: number, now: Date): void {
    this.parentId = parent?.id ?? null;
    this.path = [...(parent?.path ?? []), this.id];
    this.position = position;
    this.updatedAt = now;
  }
}
