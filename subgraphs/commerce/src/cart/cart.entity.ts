import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { badUserInput } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

export enum CartState {
  ACTIVE = 'ACTIVE',
  MERGED = 'MERGED',
  ORDERED = 'ORDERED',
}

@ObjectType({
  description:
    'What somebody is about to buy, of any number of shops that sell in one currency. For its person, or for whoever has ' +
    'the token of a guest’s.',
})
@Directive('@key(fields: "id")')
@Entity()
export class Cart {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'text', nullable: true })
  tokenHash?: string | null;

  @Property({ type: 'text', nullable: true })
  currency?: string | null;

  @Property({ type: 'text' })
  state!: CartState;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When the first item was added.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  abandonedAt?: Date | null;

  /** Somebody is at it again. */
  touch(now: Date): void {
    this.updatedAt = now;
    this.abandonedAt = null;
  }

  /** @throws `BAD_USER_INPUT` when there is something of another currency in it */
  take(currency: string): void {
    if (this.currency && this.currency !== currency) {
      throw badUserInput([
        {
          path: 'input.variantId',
          message: `This is sold in ${currency}, and what is in the cart in ${this.currency}.`,
        },
      ]);
    }
    this.currency = currency;
  }
}
