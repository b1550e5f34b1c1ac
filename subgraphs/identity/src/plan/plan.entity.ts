import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Money } from '@supergraph/subgraph-kit';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { PlanName } from './plan-name.ts';

/** A price list changes with a release, is the same for everybody, and is asked for by everybody. */
export const PUBLIC_PLANS = '@cacheControl(maxAge: 300)';

@ObjectType({ description: 'How much of everything somebody on a plan may have.' })
export class PlanLimits {
  @Field(() => Int, { description: 'Members of an organization, by the best plan of its owners.' })
  membersPerOrganization!: number;

  @Field(() => Int, { description: 'Organizations one can own beside the personal one.' })
  organizations!: number;

  @Field(() => Int, { description: 'API keys that are good at the same time.' })
  apiKeys!: number;
}

@ObjectType({ description: 'What people pay for, and what they get for it.' })
@Entity()
export class Plan {
  @Field(() => PlanName, { description: 'Which one it is.' })
  @PrimaryKey({ type: 'text' })
  name!: PlanName;

  @Field(() => String, { description: 'For whom it is meant.' })
  @Property({ type: 'text' })
  description!: string;

  @Property({ type: 'bigint' })
  priceAmount!: number;

  @Property({ type: 'text' })
  priceCurrency!: string;

  /** From least to most. */
  @Property({ type: 'integer' })
  rank!: number;

  @Property({ type: 'integer' })
  membersPerOrganization!: number;

  @Property({ type: 'integer' })
  organizations!: number;

  @Property({ type: 'integer' })
  apiKeys!: number;

  @Directive(PUBLIC_PLANS)
  @Field(() => Money, { description: 'What a month costs.' })
  get price(): Money {
    return new Money(Number(this.priceAmount), this.priceCurrency);
  }

  @Directive(PUBLIC_PLANS)
  @Field(() => PlanLimits, { description: 'How much one may have.' })
  get limits(): PlanLimits {
    const { membersPerOrganization, organizations, apiKeys } = this;
    return { membersPerOrganization, organizations, apiKeys };
  }
}
