import { expect, test } from '@jest/globals';
import { subgraphSdl } from '@supergraph/subgraph-kit';
import { buildASTSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import { commerce } from '../src/subgraph.ts';

const OURS = ['Query', 'Mutation', 'Subscription'];

test('Everything in the schema says what it is', async () => {
  const schema = buildASTSchema(parse(await subgraphSdl(commerce)), { assumeValidSDL: true });
  const mute: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_') || type.name.startsWith('link__') || type.name.startsWith('federation__')) continue;
    if (!type.astNode) continue;
    if (!type.description && !OURS.includes(type.name)) mute.push(type.name);
    if (isEnumType(type))
      for (const value of type.getValues()) if (!value.description) mute.push(`${type.name}.${value.name}`);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields()))
        if (!field.description) mute.push(`${type.name}.${field.name}`);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) mute.push(`${type.name}.${field.name}`);
      for (const argument of field.args)
        if (!argument.description) mute.push(`${type.name}.${field.name}(${argument.name})`);
    }
  }
  expect(mute).toEqual([]);
});
