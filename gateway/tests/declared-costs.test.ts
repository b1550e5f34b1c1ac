import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  type GraphQLField,
  isLeafType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';

const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(sdl), { assumeValid: true });

const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    Object.values((type as { getFields(): Record<string, GraphQLField<any, any>> }).getFields()).map((field) => ({
      type,
      field,
    })),
  );

const argumentOf = (field: GraphQLField<any, any>, directive: string, argument: string): any => {
  const node = field.astNode!.directives!.find(({ name }) => name.value === directive);
  return node?.arguments!.find(({ name }) => name.value === argument)?.value;
};

const sized = new Set(
  fields.flatMap(({ field }) =>
    (argumentOf(field, 'listSize', 'sizedFields')?.values ?? []).map(
      ({ value }: any) => `${getNamedType(field.type).name}.${value}`,
    ),
  ),
);

describe('In the graph as it is served', () => {
  it('every list of objects says how long it may be', () => {
    const unsized = fields
      .filter(({ field }) => isListType(getNullableType(field.type)) && !isLeafType(getNamedType(field.type)))
      .map(({ type, field }) => ({
        coordinate: `${type.name}.${field.name}`,
        size: argumentOf(field, 'listSize', 'assumedSize'),
      }))
      .filter(({ coordinate, size }) => size === undefined && !sized.has(coordinate));
    expect(unsized).toEqual([]);
  });

  it('every connection is sized by its arguments', () => {
    const connections = fields.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(10);
    const others = connections.filter(
      ({ field }) =>
        argumentOf(field, 'listSize', 'slicingArguments')
          ?.values.map(({ value }: any) => value)
          .join() !== 'first,last',
    );
    expect(others.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
  });

  it('what works a password through, mails, tells many people, asks a bank, or counts a year of sales is dear', () => {
    const dear = fields.filter(({ field }) => Number(argumentOf(field, 'cost', 'weight')?.value ?? 0) >= 20);
    expect(dear.map(({ field }) => field.name).sort()).toEqual(
      ['accountExport', 'analytics', 'broadcastNotification', 'changePassword', 'checkoutComplete', 'dashboard', 'deleteAccount', 'login', 'register', 'requestPasswordReset', 'resetPassword'], // prettier-ignore
    );
  });
});
