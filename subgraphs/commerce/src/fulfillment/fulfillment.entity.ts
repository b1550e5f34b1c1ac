import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime, GraphQLURL } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { FulfillmentState } from './fulfillment-state.ts';

/** Where a parcel can be followed. */
export interface Tracking {
  readonly carrier?: string | null | undefined;
  readonly trackingNumber?: string | null | undefined;
  readonly trackingUrl?: string | null | undefined;
}

@ObjectType({ description: 'A parcel that a shop sent. For the buyer and the people of the shop.' })
@Directive('@key(fields: "id")')
@Entity()
export class Fulfillment {
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid' })
  shopOrderId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Field(() => FulfillmentState, { description: 'What became of it.' })
  @Property({ type: 'text' })
  state!: FulfillmentState;

  @Field(() => String, { nullable: true, description: 'Who carries it, in the shop’s words.' })
  @Property({ type: 'text', nullable: true })
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: 'The carrier’s number of it.' })
  @Property({ type: 'text', nullable: true })
  trackingNumber?: string | null;

  @Field(() => GraphQLURL, { nullable: true, description: 'Where to follow it; always https.' })
  @Property({ type: 'text', nullable: true })
  trackingUrl?: string | null;

  @Field(() => Int, { description: 'Grows with each change; a correction passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was noted as sent.' })
  @Property({ type: 'datetime' })
  sentAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was noted as delivered; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  deliveredAt?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  undoneAt?: Date | null;

  /** Also after it has arrived: a wrong number is no less wrong then. */
  correctTracking({ carrier, trackingNumber, trackingUrl }: Tracking, now: Date): void {
    if (this.state === FulfillmentState.UNDONE) throw illegalTransition('Fulfillment', this.state, this.state);
    this.carrier = carrier ?? null;
    this.trackingNumber = trackingNumber ?? null;
    this.trackingUrl = trackingUrl ?? null;
    this.updatedAt = now;
  }

  deliver(now: Date): void {
    this.step(FulfillmentState.DELIVERED, now);
    this.deliveredAt = now;
  }

  undo(now: Date): void {
    this.step(FulfillmentState.UNDONE, now);
    this.undoneAt = now;
  }

  /** @throws `ILLEGAL_TRANSITION` unless it is on its way */
  private step(to: FulfillmentState, now: Date): void {
    if (this.state !== FulfillmentState.SENT) throw illegalTransition('Fulfillment', this.state, to);
    this.state = to;
    this.updatedAt = now;
  }
}
