import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLSafeInt } from 'graphql-scalars';
import { Directive, Field, ObjectType } from 'type-graphql';

const CODE = /^[A-Z]{3}$/;

function currencyCode(text: unknown): string {
  if (typeof text !== 'string' || !CODE.test(text))
    throw new GraphQLError('A currency code has three capital letters.');
  return text;
}

export const CurrencyCode = new GraphQLScalarType<string>({
  name: 'CurrencyCode',
  description: 'A currency, by its ISO 4217 code, for example `EUR`.',
  serialize: currencyCode,
  parseValue: currencyCode,
});

@Directive('@shareable')
@ObjectType({ description: 'An amount of money. Never a fraction.' })
export class Money {
  @Field(() => GraphQLSafeInt, { description: 'In the minor unit of the currency, such as cents.' })
  amount!: number;

  @Field(() => CurrencyCode, { description: 'Of which currency.' })
  currency!: string;
}
