import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Asked } from '../federated-graph.ts';
import { type BazaarSubgraph, bazaarSchemas } from './schemas.ts';

/** Values for arguments, by name; which one is taken is part of the alias, so that equal aliases stay the same field. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  first: ['1', '3', '6'],
  upc: ['"p1"', '"p3"', '"p4"', '"p9"'],
  id: ['"m1"', '"m4"', '"r1"', '"r2"'],
  currency: ['EUR', 'USD', '$currency'],
  express: ['true', '$on'],
  from: ['0'],
};
const VARIABLES = { on: 'Boolean!', off: 'Boolean = false', currency: 'Currency!' };
const CONDITIONS = ['@include(if: $on)', '@skip(if: $off)', '@skip(if: $on)', '@include(if: true)', '@skip(if: true)'];
const MAX_DEPTH = 5;

type Draw = (max: number) => number;

/** Queries over a schema, with everything in it that makes the order of fields or the place of a null doubtful. */
export function randomOperation(schema: GraphQLSchema): fc.Arbitrary<Asked> {
  const down = fc.subarray(Object.keys(bazaarSchemas) as BazaarSubgraph[], { maxLength: 1 });
  return fc.gen().map((generate) => {
    const draw: Draw = (max) => generate(fc.nat, { max });
    const body = selections(schema, schema.getQueryType()!, draw, 0);
    const used = Object.entries(VARIABLES).filter(([name]) => body.includes(`$${name}`));
    const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
    const query = `query ${declared && `(${declared})`} ${body}`;
    const variables = { on: generate(fc.boolean), currency: 'USD', ...(generate(fc.boolean) && { off: true }) };
    return { query, variables, down: generate(() => fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, down)) };
  });
}

function selections(schema: GraphQLSchema, type: GraphQLCompositeType, draw: Draw, depth: number): string {
  const parts: string[] = [];
  const count = 1 + draw(depth === 0 ? 2 : 4);
  for (let index = 0; index < count; index++) {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const choice = draw(9);
    if (choice === 0 || fields.length === 0)
      parts.push(depth === 0 ? '... on Query { __typename }' : fragment(schema, type, draw, depth));
    else if (choice === 1) parts.push(`${draw(1) ? 'kind: ' : ''}__typename${condition(draw)}`);
    else parts.push(field(schema, fields[draw(fields.length - 1)]!, draw, depth));
  }
  // Whatever is skipped or too deep, a selection is never empty.
  return `{ ${parts.join(' ')} __typename }`;
}

function field(
  schema: GraphQLSchema,
  { name, args, type }: GraphQLField<unknown, unknown>,
  draw: Draw,
  depth: number,
): string {
  const named = getNamedType(type);
  if (isCompositeType(named) && depth >= MAX_DEPTH) return '__typename';
  const choices = args.map(({ name: argument }) => draw(ARGUMENTS[argument]!.length - 1));
  const given = args
    .map(({ name: argument }, index) => `${argument}: ${ARGUMENTS[argument]![choices[index]!]!}`)
    .join(', ');
  const alias = args.length > 0 ? `${name}_${choices.join('_')}: ` : draw(3) === 0 ? `my_${name}: ` : '';
  const inner = isCompositeType(named) ? selections(schema, named, draw, depth + 1) : '';
  return `${alias}${name}${given && `(${given})`}${condition(draw)} ${inner}`;
}

function fragment(schema: GraphQLSchema, type: GraphQLCompositeType, draw: Draw, depth: number): string {
  const types = isObjectType(type)
    ? [type, ...type.getInterfaces()]
    : [...schema.getPossibleTypes(type), ...(isInterfaceType(type) ? [type] : [])];
  const chosen = types[draw(types.length - 1)]!;
  return `... on ${chosen.name}${condition(draw)} ${selections(schema, chosen, draw, depth + 1)}`;
}

function condition(draw: Draw): string {
  return draw(4) === 0 ? ` ${CONDITIONS[draw(CONDITIONS.length - 1)]!}` : '';
}
