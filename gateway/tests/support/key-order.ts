import { execute, type GraphQLSchema, parse } from 'graphql';
import type { Variables } from '../../src/execution/program.ts';

/**
 * An answer with its fields in the order that graphql-js gives them, and nothing of its leaves: Apollo's executor gathers
 * equal fragments before it looks at their conditions, so it cannot be the judge of this.
 *
 * The answer needs `__typename` in every object of an abstract type.
 */
export function inSpecifiedOrder(
  schema: GraphQLSchema,
  query: string,
  variableValues: Variables,
  data: unknown,
): string {
  const { data: ordered } = execute({
    schema,
    document: parse(query),
    rootValue: data,
    variableValues,
    fieldResolver: (source: Record<string, unknown>, _arguments, _context, { path }) => source[path.key],
    typeResolver: ({ __typename: typename }: { __typename: string }) => typename,
  }) as { data: unknown };
  return keysOf(ordered);
}

export function keysOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'object' ? each : 0));
}
