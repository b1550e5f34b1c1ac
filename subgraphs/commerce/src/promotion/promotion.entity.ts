import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { Discount } from '../pricing/price-lines.ts';

@Directive('@authenticated')
@ObjectType({ description: 'Less to pay for whoever knows its code. For the people of its shop, or for staff.' })
@Directive('@key(fields: "id")')
@Entity()
export class Promotion {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid', nullable: true })
  shopId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => String, { description: 'What buyers type. Never changes, and is never given again.' })
  @Property({ type: 'text' })
  code!: string;

  @Field(() => String, { description: 'What it is, for buyers to read.' })
  @Property({ type: 'text' })
  description!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Off the price, in hundredths of a percent. Either this or `amount`.',
  })
  @Property({ type: 'integer', nullable: true })
  rate?: number | null;

  @Property({ type: new BigIntType('number'), nullable: true })
  amount?: number | null;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: new BigIntType('number') })
  minimum!: number;

  @Field(() => GraphQLDateTime, { description: 'From when on it counts.' })
  @Property({ type: 'datetime' })
  startsAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it stops counting; null when it never does.' })
  @Property({ type: 'datetime', nullable: true })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many orders it is for; null for any number.' })
  @Property({ type: 'integer', nullable: true })
  usageLimit?: number | null;

  @Field(() => Int, { description: 'How many orders had it.' })
  @Property({ type: 'integer' })
  usedCount!: number;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ type: 'uuid' })
  createdBy!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  /** From now on it counts no more. @throws `ILLEGAL_TRANSITION` when it has ended already */
  end(now: Date): void {
    if (this.endsAt && this.endsAt <= now) throw illegalTransition('Promotion', 'ENDED', 'ENDED');
    // It may not even have started: then it never will.
    if (this.startsAt >= now) this.startsAt = new Date(now.getTime() - 1);
    this.endsAt = now;
    this.updatedAt = now;
  }

  /** @param payable what has to be paid of its lines before it, in minor units of `currency` */
  counts(now: Date, currency: string | null | undefined, payable: number): boolean {
    const isTime = this.startsAt <= now && !(this.endsAt && this.endsAt <= now);
    const isLeft = !this.usageLimit || this.usedCount < this.usageLimit;
    return isTime && isLeft && this.currency === currency && payable >= this.minimum;
  }

  asDiscount(): Discount {
    const { shopId = null, rate, amount } = this;
    return { shopId, ...(rate ? { rate } : { amount: amount! }) };
  }
}
