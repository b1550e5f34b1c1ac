import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse, validate } from 'graphql';
import { compose } from '../../tests/support/library.ts';
import { marketSchemas } from '../../tests/support/market.ts';
import { AccessRules } from '../authorization/access.rules.ts';
import { selectOperation } from '../execution/operation-document.ts';
import { PublicAge } from './public-age.ts';

const supergraph = compose(
  Object.entries(marketSchemas).map(([name, sdl]) => ({ name, url: `http://${name}.example/graphql`, sdl })),
);
const schema = buildASTSchema(parse(supergraph), { assumeValid: true });
const publicAge = new PublicAge(schema, new AccessRules(schema));

function ageOf(source: string, operationName?: string): number {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return publicAge.of(selectOperation(document, operationName));
}

describe('The age of a public answer', () => {
  it.each([
    ['a field', '{ motto }', 300],
    ['an object with leaves that say nothing', '{ stalls { id name } }', 60],
    ['an object of a type that says it for all its fields', '{ rates { currency value(of: 2) } }', 10],
    ['a type behind a field', '{ stalls { id rates { currency } } }', 10],
    ['a field of another subgraph', '{ stalls { place } }', 60],
    ['a field of another subgraph that says it itself', '{ stalls { place way } }', 7],
    ['a leaf that is shorter than its object', '{ stalls { open } }', 5],
    ['an object inside that is longer than the one around it', '{ stalls { neighbour { name } } }', 60],
    ['fields with names of the client’s', '{ a: motto b: stalls { c: name } }', 60],
    ['the names of types', '{ motto __typename stalls { __typename } }', 60],
    ['an interface', '{ goods { name } }', 20],
    ['one type behind an interface', '{ goods { ... on Fruit { ripe } __typename } }', 40],
  ])('is that of the shortest part: %s', (_, query, age) => {
    expect(ageOf(query)).toBe(age);
  });

  it.each([
    ['a field that says nothing', '{ weather }'],
    ['one of several that says nothing', '{ motto weather }'],
    ['a field that says never', '{ motto never }'],
    ['an object that says nothing, however public its fields', '{ basket { total } }'],
    ['an object inside that says nothing', '{ stalls { owner { name } } }'],
    ['a union of which one type says nothing', '{ found { __typename } }'],
    ['a field that asks for a token, whatever else it says', '{ members }'],
    ['a field inside that asks for a token', '{ stalls { name till } }'],
    ['a field of one type behind an interface that asks for a token', '{ goods { name ... on Fish { fresh } } }'],
    ['nothing but the name of the root', '{ __typename }'],
    ['introspection', '{ __schema { description } motto }'],
    ['introspection of a type', '{ __type(name: "Stall") { name } }'],
    ['a mutation', 'mutation { open }'],
    ['something private that a variable leaves out', 'query ($no: Boolean!) { motto weather @skip(if: $no) }'],
  ])('is none for %s', (_, query) => {
    expect(ageOf(query)).toBe(0);
  });

  it('is found through fragments, and none through those of other operations', () => {
    const document = `
      query Public { stalls { ...Name ... { ...Way } } }
      query Private { stalls { ...Name ...Till } }
      fragment Name on Stall { name ...Way }
      fragment Way on Stall { way }
      fragment Till on Stall { till }`;
    expect(ageOf(document, 'Public')).toBe(7);
    expect(ageOf(document, 'Private')).toBe(0);
  });

  it('is what a fragment means where it stands', () => {
    expect(
      ageOf(
        '{ motto ...Weather } fragment Weather on Query { stalls { ...F } rates { __typename } } fragment F on Stall { name }',
      ),
    ).toBe(10);
  });

  it('is found in the time the document is long, however often its fragments are spread', () => {
    const levels = Array.from(
      { length: 24 },
      (_, at) => `fragment F${at} on Stall { ...F${at + 1} ...F${at + 1} name }`,
    );
    const bomb = `{ stalls { ...F0 } } ${levels.join(' ')} fragment F24 on Stall { id }`;
    const operation = selectOperation(parse(bomb), undefined);
    const before = performance.now();
    expect(publicAge.of(operation)).toBe(60);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
