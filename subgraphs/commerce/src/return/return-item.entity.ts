import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'So many of something in a return.' })
@Entity()
export class ReturnItem {
  [OptionalProps]?: 'restocked' | 'damaged';

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  returnId!: string;

  @Property({ type: 'uuid' })
  orderItemId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => Int, { description: 'How many the buyer wants to send back, 1 to 999.' })
  @Property({ type: 'integer' })
  quantity!: number;

  @Field(() => Int, { description: 'How many came back and are sold again; 0 before it was received.' })
  @Property({ type: 'integer' })
  restocked: number = 0;

  @Field(() => Int, { description: 'How many came back and cannot be sold; 0 before it was received.' })
  @Property({ type: 'integer' })
  damaged: number = 0;
}
