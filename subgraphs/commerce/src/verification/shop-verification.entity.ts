import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum VerificationState {
  SUBMITTED = 'SUBMITTED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}

registerEnumType(VerificationState, {
  name: 'ShopVerificationState',
  description: 'Whether the platform let a shop in.',
  valuesConfig: {
    SUBMITTED: { description: 'Nobody has decided yet.' },
    APPROVED: { description: 'The shop was let in.' },
    REJECTED: { description: 'The shop was not let in, and may ask again.' },
  },
});

@Directive('@authenticated')
@ObjectType({ description: 'What a shop says of itself to be let in. For its own people and staff.' })
@Directive('@key(fields: "id")')
@Entity()
export class ShopVerification {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  submittedBy!: string;

  @Field(() => String, { description: 'Of the business, as it is registered.' })
  @Property({ type: 'text' })
  legalName!: string;

  @Field(() => String, { description: 'Its number in the register of companies or for taxes.' })
  @Property({ type: 'text' })
  registrationNumber!: string;

  @Field(() => VerificationState, { description: 'Whether the shop was let in.' })
  @Property({ type: 'text' })
  state!: VerificationState;

  @Property({ type: 'uuid', nullable: true })
  decidedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected.' })
  @Property({ type: 'text', nullable: true })
  reason?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was submitted.' })
  @Property({ type: 'datetime' })
  submittedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was decided.' })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date | null;

  approve(by: string, now: Date): void {
    this.decide(VerificationState.APPROVED, by, now);
  }

  reject(reason: string, by: string, now: Date): void {
    this.decide(VerificationState.REJECTED, by, now);
    this.reason = reason;
  }

  private decide(to: VerificationState, by: string, now: Date): void {
    if (this.state !== VerificationState.SUBMITTED) throw illegalTransition('ShopVerification', this.state, to);
    this.state = to;
    this.decidedBy = by;
    this.decidedAt = now;
  }
}
