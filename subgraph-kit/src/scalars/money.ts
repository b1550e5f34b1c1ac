import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { GraphQLCurrencyCode, GraphQLSafeInt } from './scalars.ts';

/** An amount of one currency, in whole minor units: never a float, so nothing is lost to rounding. A value: it does not change. */
@Directive('@shareable')
@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => GraphQLSafeInt, {
    description: 'In minor units of the currency: 1050 EUR are 10.50 euros, 1050 JPY are 1050 yen.',
  })
  readonly amount: number;

  @Field(() => GraphQLCurrencyCode, { description: 'The currency.' })
  readonly currency: string;

  /** @param amount in minor units, a safe integer */
  constructor(amount: number, currency: string) {
    if (!Number.isSafeInteger(amount))
      throw new RangeError('Money is counted in whole minor units that fit a safe integer.');
    this.amount = amount;
    this.currency = currency;
  }

  static zero(currency: string): Money {
    return new Money(0, currency);
  }

  plus(other: Money): Money {
    return new Money(this.amount + this.#alike(other), this.currency);
  }

  minus(other: Money): Money {
    return new Money(this.amount - this.#alike(other), this.currency);
  }

  equals(other: Money): boolean {
    return this.amount === other.amount && this.currency === other.currency;
  }

  #alike(other: Money): number {
    if (other.currency !== this.currency) throw new TypeError(`${this.currency} and ${other.currency} do not add up.`);
    return other.amount;
  }
}

@InputType({ description: 'An amount of money.' })
export class MoneyInput {
  @Field(() => GraphQLSafeInt, {
    description: 'In minor units of the currency: 1050 EUR are 10.50 euros, 1050 JPY are 1050 yen.',
  })
  amount!: number;

  @Field(() => GraphQLCurrencyCode, { description: 'The currency.' })
  currency!: string;

  toMoney(): Money {
    return new Money(this.amount, this.currency);
  }
}
