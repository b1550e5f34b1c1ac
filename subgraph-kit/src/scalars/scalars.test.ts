import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { graphql, type GraphQLSchema } from 'graphql';
import { Arg, buildSchema, Query, Resolver } from 'type-graphql';
import { Money, MoneyInput } from './money.ts';
import { GraphQLCurrencyCode, GraphQLPhoneNumber } from './scalars.ts';

describe('a telephone number', () => {
  test.each(['+41446681800', '+14155552671', '+290123456'])('may be %s', (number) => {
    expect(GraphQLPhoneNumber.parseValue(number)).toBe(number);
  });

  test.each([
    '0446681800',
    '+0446681800',
    '+41 44 668 18 00',
    '+1(415)5552671',
    '+123456',
    `+${'1'.repeat(16)}`,
    '',
    1,
  ])('may not be %j', (number) => {
    expect(() => GraphQLPhoneNumber.parseValue(number)).toThrow('This is not a PhoneNumber.');
  });
});

describe('a currency', () => {
  test.each(['EUR', 'JPY', 'XCG'])('may be %s', (code) => {
    expect(GraphQLCurrencyCode.parseValue(code)).toBe(code);
  });

  test.each(['eur', 'EURO', 'ABC', '', null, 978])('may not be %j', (code) => {
    expect(() => GraphQLCurrencyCode.parseValue(code)).toThrow('This is not a CurrencyCode.');
  });
});

describe('money', () => {
  const euros = (amount: number) => new Money(amount, 'EUR');

  test('adds up, and leaves its parts as they were', () => {
    const [price, tax] = [euros(1000), euros(77)];
    expect(price.plus(tax).equals(euros(1077))).toBe(true);
    expect(price.minus(tax).equals(euros(923))).toBe(true);
    expect(price.equals(euros(1000))).toBe(true);
    expect(Money.zero('EUR').plus(price).equals(new Money(1000, 'JPY'))).toBe(false);
  });

  test('of two currencies does not', () => {
    expect(() => euros(1).plus(new Money(1, 'JPY'))).toThrow('EUR and JPY do not add up.');
    expect(() => euros(1).minus(new Money(1, 'JPY'))).toThrow('EUR and JPY do not add up.');
  });

  test.each([0.1, NaN, Infinity, 2 ** 53])('is never %d minor units', (amount) => {
    expect(() => euros(amount)).toThrow('whole minor units');
  });

  test('is never more than can be counted exactly', () => {
    expect(() => euros(Number.MAX_SAFE_INTEGER).plus(euros(1))).toThrow('whole minor units');
  });

  describe('in the graph', () => {
    @Resolver()
    class PriceResolver {
      @Query(() => Money, { description: 'Twice as much.' })
      double(@Arg('money', () => MoneyInput, { description: 'How much.' }) money: MoneyInput): Money {
        return money.toMoney().plus(money.toMoney());
      }
    }

    const ask = async (money: string) => {
      const schema: GraphQLSchema = await buildSchema({ resolvers: [PriceResolver], skipCheck: true, validate: false });
      return graphql({ schema, source: `{ double(money: ${money}) { amount currency } }` });
    };

    test('goes in and out', async () => {
      const { data, errors } = await ask('{ amount: 3000000000, currency: "EUR" }');
      expect(errors).toBeUndefined();
      expect(data).toEqual({ double: { amount: 6_000_000_000, currency: 'EUR' } });
    });

    test.each([
      '{ amount: 1.5, currency: "EUR" }',
      '{ amount: "1", currency: "EUR" }',
      '{ amount: 1, currency: "eur" }',
    ])('is refused as %s', async (money) => {
      expect((await ask(money)).errors).toHaveLength(1);
    });
  });
});
