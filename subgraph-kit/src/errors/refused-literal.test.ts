import { describe, expect, it } from '@jest/globals';
import { GraphQLEmailAddress } from 'graphql-scalars';
import { buildSchema, parse, validate } from 'graphql';
import { GraphQLCurrencyCode } from '../scalars/scalars.ts';
import { isRefusedLiteral } from './refused-literal.ts';

const schema = buildSchema(`
  scalar EmailAddress
  scalar CurrencyCode
  type Query { user(email: EmailAddress, id: ID): Int price(in: CurrencyCode): Int }
`);
Object.assign(schema.getType('EmailAddress')!, { parseLiteral: GraphQLEmailAddress.parseLiteral });
Object.assign(schema.getType('CurrencyCode')!, { parseLiteral: GraphQLCurrencyCode.parseLiteral });

const problems = (document: string) => validate(schema, parse(document));

describe('a document that does not validate', () => {
  it.each(['{ user(email: "nonsense") }', '{ user(email: 7) }', '{ price(in: "francs") }', '{ price(in: [1]) }'])(
    'is the client’s fault where it is a value: %s',
    (document) => expect(problems(document).map(isRefusedLiteral)).toEqual([true]),
  );

  it.each([
    '{ usher }',
    '{ user(mail: "a@example.com") }',
    'query ($email: Int) { user(email: $email) }',
    '{ user(id: $id) }',
    '{ user { id } }',
    '{ ...missing }',
  ])('is the gateway’s fault otherwise: %s', (document) =>
    expect(problems(document).map(isRefusedLiteral)).toEqual([false]),
  );
});
