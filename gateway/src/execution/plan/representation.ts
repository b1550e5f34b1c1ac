import type { QueryPlanFieldNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isTree, mergeTree, type Tree } from './tree.ts';
import { isOfType } from './type-condition.ts';

/** Picks from an object what a subgraph needs to know it again. Returns null where some of that is not there. */
export type PickRepresentation = (entity: Tree) => Tree | null;

/** Compiles the `requires` of a fetch. */
export function compileRepresentation(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
): PickRepresentation {
  const fields = selections
    .filter((selection) => selection.kind === 'Field')
    .map((field) => compileField(schema, field));
  const fragments = selections
    .filter((selection) => selection.kind === 'InlineFragment')
    .map((fragment) => compileFragment(schema, fragment));
  return (entity) => {
    let representation: Tree | undefined;
    if (fields.length > 0) {
      representation = {};
      for (const { name, pick } of fields) {
        const value = entity[name];
        if (value === undefined) return null;
        representation[name] = pick ? pickFrom(value, pick) : value;
      }
    }
    for (const pick of fragments) {
      const picked = pick(entity);
      if (!picked) continue;
      if (representation) mergeTree(representation, picked);
      else representation = picked;
    }
    return representation ?? {};
  };
}

function compileField(schema: GraphQLSchema, { alias, name, selections }: QueryPlanFieldNode) {
  return { name: alias ?? name, pick: selections && compileRepresentation(schema, selections) };
}

function pickFrom(value: unknown, pick: PickRepresentation): unknown {
  if (Array.isArray(value)) return value.map((item) => pickFrom(item, pick));
  return isTree(value) ? pick(value) : null;
}

function compileFragment(
  schema: GraphQLSchema,
  { typeCondition, selections }: QueryPlanInlineFragmentNode,
): PickRepresentation {
  if (typeCondition === undefined) return () => null;
  const pick = compileRepresentation(schema, selections);
  return (entity) => (isOfType(schema, entity['__typename'], typeCondition) ? pick(entity) : null);
}
