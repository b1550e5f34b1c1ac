import { OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLCurrencyCode, illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLCountryCode, GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { ShopState } from './shop-state.ts';

/** What a shop may change about itself. */
export interface ShopSettings {
  readonly name: string;
  readonly description: string;
  readonly taxRate: number;
  readonly pricesIncludeTax: boolean;
  readonly returnDays: number;
}

@ObjectType({ description: 'A shop. Everybody sees an open one; in any other state only its own people and staff do.' })
@Directive('@key(fields: "id")')
@Entity()
export class Shop {
  [OptionalProps]?: 'isOpen' | 'version' | 'returnDays';

  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Field(() => String, { description: 'As buyers know it.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, {
    description: 'Its address in the storefront: lower-case words joined by hyphens. Never changes.',
  })
  @Property({ type: 'text' })
  slug!: string;

  @Field(() => String, { description: 'What it sells, in plain text; may be empty.' })
  @Property({ type: 'text' })
  description!: string;

  @Field(() => GraphQLCurrencyCode, { description: 'All its prices are in this currency. Never changes.' })
  @Property({ type: 'text' })
  currency!: string;

  @Field(() => GraphQLCountryCode, { description: 'Where it sells from, by ISO 3166-1.' })
  @Property({ type: 'text' })
  country!: string;

  @Field(() => Int, { description: 'The tax on what it sells, in hundredths of a percent: 810 are 8.1 %.' })
  @Property({ type: 'integer' })
  taxRate!: number;

  @Field(() => Boolean, { description: 'Whether its prices already have the tax in them.' })
  @Property({ type: 'boolean' })
  pricesIncludeTax!: boolean;

  @Field(() => Int, {
    description: 'For so many days after something was delivered buyers may ask to send it back; 0 for never.',
  })
  @Property({ type: 'integer' })
  returnDays: number = 30;

  /** The platform's share of what it sells, in hundredths of a percent. */
  @Property({ type: 'integer' })
  commissionRate!: number;

  @Field(() => ShopState, { description: 'Whether it may sell.' })
  @Property({ type: 'text' })
  state!: ShopState;

  @Property({ type: 'text', nullable: true })
  stateReason?: string | null;

  @Field(() => Int, { description: 'Grows with each change; an update passes the one it read.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was registered.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was let in; null before that.' })
  @Property({ type: 'datetime', nullable: true })
  openedAt?: Date | null;

  get isOpen(): boolean {
    return this.state === ShopState.OPEN;
  }

  change(settings: Partial<ShopSettings>, now: Date): void {
    if (this.state === ShopState.CLOSED) throw illegalTransition('Shop', this.state, this.state);
    Object.assign(this, settings);
    this.updatedAt = now;
  }

  approve(now: Date): void {
    this.step([ShopState.PENDING_APPROVAL], ShopState.OPEN, now);
    this.openedAt = now;
  }

  suspend(reason: string, now: Date): void {
    this.step([ShopState.OPEN], ShopState.SUSPENDED, now);
    this.stateReason = reason;
  }

  reinstate(now: Date): void {
    this.step([ShopState.SUSPENDED], ShopState.OPEN, now);
  }

  close(now: Date): void {
    this.step([ShopState.PENDING_APPROVAL, ShopState.OPEN, ShopState.SUSPENDED], ShopState.CLOSED, now);
  }

  /** @throws `ILLEGAL_TRANSITION` from any other state */
  private step(from: readonly ShopState[], to: ShopState, now: Date): void {
    if (!from.includes(this.state)) throw illegalTransition('Shop', this.state, to);
    this.state = to;
    this.stateReason = null;
    this.updatedAt = now;
  }
}
