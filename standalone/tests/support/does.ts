import { expect } from '@jest/globals';
import { getNamedType, type GraphQLNamedType, isCompositeType, isObjectType, isUnionType } from 'graphql';
import type { GraphClient } from './graph.client.ts';
import { supergraph } from './operations.ts';

type Expected = Readonly<Record<string, unknown>>;

/**
 * Does something through the gateway. It has to succeed, and to come to what is expected of it, which says what is asked
 * for: stories that do every mutation so are what `scripts/proven-operations.mjs` looks for.
 *
 * @param input its only argument
 * @returns what was expected, with the id and the version of whatever has one
 */
export async function does(client: GraphClient, mutation: string, input: unknown, expected: Expected): Promise<any> {
  const field = supergraph.getMutationType()!.getFields()[mutation];
  if (!field) throw new Error(`There is no mutation ${mutation}.`);
  if (Object.keys(expected).length === 0) throw new Error(`Say what ${mutation} comes to.`);
  const { name, type } = field.args[0]!;
  const selection = selectionOf(getNamedType(field.type), expected);
  const document = `mutation ($input: ${type}) { ${mutation}(${name}: $input) ${selection} }`;
  const result = (await client.queryData(document, { input }))[mutation];
  expect(result).toMatchObject(expected);
  return result;
}

function selectionOf(type: GraphQLNamedType, { __typename: member, ...expected }: Expected): string {
  if (isUnionType(type)) {
    const selection = selectionOf(supergraph.getType(String(member))!, expected);
    return `{ __typename ... on ${String(member)} ${selection} }`;
  }
  if (!isObjectType(type)) throw new Error(`Nothing can be asked of ${type.name}.`);
  const fields = type.getFields();
  const always = ['id', 'version'].filter((name) => name in fields);
  const selected = [...new Set([...always, ...Object.keys(expected)])].map((name) => {
    const field = fields[name];
    if (!field) throw new Error(`${type.name} has no ${name}.`);
    const value = getNamedType(field.type);
    if (!isCompositeType(value)) return name;
    const [wanted] = [expected[name]].flat();
    return `${name} ${selectionOf(value, (wanted ?? {}) as Expected)}`;
  });
  return `{ __typename ${selected.join(' ')} }`;
}
