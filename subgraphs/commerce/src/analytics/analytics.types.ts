import { GraphQLCurrencyCode, Money } from '@supergraph/subgraph-kit';
import { GraphQLDate } from 'graphql-scalars';
import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { SalesInterval } from './calendar.ts';
import type { SalesRange } from './read-sales.ts';
import { changeOf, type Figures } from './sales-figures.ts';

@ObjectType({
  description:
    'What was sold in some time. What was ordered counts on the day of the order, whatever became of it; what was paid and ' +
    'given back counts on the day it was posted in the books.',
})
export class SalesFigures {
  constructor(
    readonly figures: Figures,
    readonly currency: string,
  ) {}

  @Field(() => Int, { description: 'How many orders were placed.' })
  orders(): number {
    return this.figures.orders;
  }

  @Field(() => Int, { description: 'How many things were in them.' })
  units(): number {
    return this.figures.units;
  }

  @Field(() => Money, { description: 'What they cost by the shop’s prices, before discounts.' })
  gross(): Money {
    return this.#money('gross');
  }

  @Field(() => Money, { description: 'How much less they cost because of promotions.' })
  discount(): Money {
    return this.#money('discount');
  }

  @Field(() => Money, {
    nullable: true,
    description: 'What the buyer of an order was to pay on average, with tax, rounded; null without orders.',
  })
  averageOrderValue(): Money | null {
    const { orders, ordered } = this.figures;
    return orders > 0 ? new Money(Math.round(ordered / orders), this.currency) : null;
  }

  @Field(() => Money, { description: 'What buyers paid for it, with tax.' })
  paid(): Money {
    return this.#money('paid');
  }

  @Field(() => Money, { description: 'What was given back to buyers, with tax.' })
  refunds(): Money {
    return this.#money('refunds');
  }

  @Field(() => Money, { description: 'The tax in what was paid, less what was given back of it.' })
  tax(): Money {
    return this.#money('tax');
  }

  @Field(() => Money, { description: 'The platform’s share, less what was given back of it.' })
  commission(): Money {
    return this.#money('commission');
  }

  @Field(() => Money, {
    description: 'What is left for the shop: what was paid without refunds, tax and commission. May be below zero.',
  })
  net(): Money {
    return this.#money('net');
  }

  #money(name: keyof Figures): Money {
    return new Money(this.figures[name], this.currency);
  }
}

@ObjectType({
  description:
    'How much more it is than before, as a part of that: 0.25 is a quarter more. Null where there was nothing.',
})
export class SalesChange {
  constructor(
    private readonly now: Figures,
    private readonly before: Figures,
  ) {}

  @Field(() => Float, { nullable: true, description: 'Of orders.' })
  orders(): number | null {
    return this.of('orders');
  }

  @Field(() => Float, { nullable: true, description: 'Of the things in them.' })
  units(): number | null {
    return this.of('units');
  }

  @Field(() => Float, { nullable: true, description: 'Of what they cost before discounts.' })
  gross(): number | null {
    return this.of('gross');
  }

  @Field(() => Float, { nullable: true, description: 'Of what is left for the shop.' })
  net(): number | null {
    return this.of('net');
  }

  private of(name: keyof Figures): number | null {
    return changeOf(this.now[name], this.before[name]);
  }
}

@ObjectType({ description: 'What was sold from one day to another.' })
export class SalesPoint {
  @Field(() => GraphQLDate, { description: 'The first day.' })
  from!: string;

  @Field(() => GraphQLDate, { description: 'The last day.' })
  to!: string;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  sales!: SalesFigures;
}

@ObjectType({ description: 'What was sold in a time, and in as many days right before it.' })
export class SalesComparison {
  constructor(
    protected readonly now: Figures,
    protected readonly earlier: Figures,
    protected readonly code: string,
  ) {}

  @Field(() => SalesFigures, { description: 'In the time that is asked for.' })
  sales(): SalesFigures {
    return new SalesFigures(this.now, this.code);
  }

  @Field(() => SalesFigures, { description: 'In as many days before.' })
  before(): SalesFigures {
    return new SalesFigures(this.earlier, this.code);
  }

  @Field(() => SalesChange, { description: 'By how much it differs.' })
  change(): SalesChange {
    return new SalesChange(this.now, this.earlier);
  }
}

@ObjectType({ description: 'What was sold in one currency, and in as many days right before.' })
export class CurrencySales extends SalesComparison {
  constructor(
    now: Figures,
    earlier: Figures,
    code: string,
    private readonly points: readonly SalesPoint[],
  ) {
    super(now, earlier, code);
  }

  @Field(() => GraphQLCurrencyCode, { description: 'The currency.' })
  currency(): string {
    return this.code;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'Which part of what was paid was given back, from 0 on; null where nothing was paid.',
  })
  returnRate(): number | null {
    return this.now.paid > 0 ? this.now.refunds / this.now.paid : null;
  }

  @Field(() => [SalesPoint], { description: 'Period by period, also those without sales, at most 366.' })
  @Directive('@listSize(assumedSize: 60)')
  series(): readonly SalesPoint[] {
    return this.points;
  }
}

@ObjectType({ description: 'A product that was bought, and how much.' })
export class BestSeller {
  productId!: string;

  @Field(() => String, { description: 'What the product is called now.' })
  title!: string;

  @Field(() => Int, { description: 'How many were ordered.' })
  units!: number;

  @Field(() => Money, { description: 'What buyers were to pay for them, with tax.' })
  ordered!: Money;
}

@ObjectType({ description: 'Who bought of a shop. A guest is told by nothing but the address they gave.' })
export class CustomerCounts {
  @Field(() => Int, { description: 'Who bought of it for the first time.' })
  firstTime!: number;

  @Field(() => Int, { description: 'Who had bought of it before.' })
  returning!: number;
}

@ObjectType({ description: 'Carts into which something of a shop was put.' })
export class CartCounts {
  @Field(() => Int, { description: 'How many there are; those that guests forgot are counted for a month.' })
  carts!: number;

  @Field(() => Int, { description: 'How many of them were bought.' })
  ordered!: number;

  @Field(() => Float, { nullable: true, description: 'Which part of them was bought, 0 to 1; null without any.' })
  share(): number | null {
    return this.carts > 0 ? this.ordered / this.carts : null;
  }
}

@Directive('@authenticated')
@ObjectType({ description: 'How a shop sells. For its own people and staff.' })
export class ShopAnalytics {
  shopId!: string;

  shopName!: string;

  shopCurrency!: string;

  range!: SalesRange;

  @Field(() => GraphQLDate, { description: 'The first day.' })
  from(): string {
    return this.range.from;
  }

  @Field(() => GraphQLDate, { description: 'The last day.' })
  to(): string {
    return this.range.to;
  }

  @Field(() => SalesInterval, { description: 'How long the periods are.' })
  interval(): SalesInterval {
    return this.range.interval;
  }

  @Field(() => String, { description: 'Where days begin at midnight.' })
  timeZone(): string {
    return this.range.timeZone;
  }
}

@Directive('@authenticated')
@ObjectType({ description: 'What a shop should know today. For its own people and staff.' })
export class ShopDashboard {
  shopId!: string;

  shopCurrency!: string;

  timeZone!: string;
}
