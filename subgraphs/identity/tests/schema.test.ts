import { beforeAll, expect, test } from '@jest/globals';
import { buildSchemaOf } from '@supergraph/subgraph-kit';
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { IdentityContext } from '../src/context.ts';
import { identity } from '../src/subgraph.ts';

let schema: GraphQLSchema;

beforeAll(async () => {
  ({ schema } = await buildSchemaOf<IdentityContext>(identity));
});

/** Of federation itself, not ours to describe. */
const isFederation = (name: string): boolean => /^_|^federation__|^link__/.test(name);

test('everything in the schema says what it is', () => {
  const silent: string[] = [];
  const note = (described: { readonly description?: string | null }, path: string) => {
    if (!described.description?.trim()) silent.push(path);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isFederation(type.name)) continue;
    if (isEnumType(type)) for (const value of type.getValues()) note(value, `${type.name}.${value.name}`);
    if (isUnionType(type)) note(type, type.name);
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) note(type, type.name);
    for (const field of Object.values(type.getFields())) {
      if (isFederation(field.name)) continue;
      note(field, `${type.name}.${field.name}`);
      if ('args' in field) for (const arg of field.args) note(arg, `${type.name}.${field.name}(${arg.name}:)`);
    }
  }
  expect(silent).toEqual([]);
});

test('nothing secret has a field', () => {
  const secret = /hash|sealed|privateKey/i;
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  expect(fields.filter((field) => secret.test(field))).toEqual([]);
});

test('a mutation that fails leaves the others of its document standing', () => {
  const strict = Object.values(schema.getMutationType()!.getFields()).filter((field) =>
    String(field.type).endsWith('!'),
  );
  expect(strict.map((field) => field.name)).toEqual([]);
});
