import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import type { LoadedGraph } from '../../graph/live-graph.ts';
import { isTree, type Tree } from './tree.ts';

/** Tells whether a representation can name an entity to a subgraph at all. */
export type HasKey = (representation: Tree) => boolean;

/** How much of a key there is. */
type Presence = 'whole' | 'null' | 'partial';

/**
 * A representation whose key is null names nothing, and is not worth a call that can only fail. A field that is required
 * but is no part of a key may well be null. What has no key that we know of is left to the subgraph.
 */
export function compileHasKey({ queryPlanner }: Pick<LoadedGraph, 'queryPlanner'>, subgraph: string): HasKey {
  const schema = queryPlanner.supergraph.subgraphs().get(subgraph)?.schema;
  return (representation) => {
    if (!hasNull(representation)) return true;
    const type = schema?.type(String(representation['__typename']));
    const keys = type?.appliedDirectivesOf('key').map((key) => parseFields(String(key.arguments()['fields']))) ?? [];
    const presences = keys.map((key) => presenceOf(key, representation));
    return presences.includes('whole') || !presences.includes('null');
  };
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(hasNull);
  for (const name in value) if (hasNull((value as Tree)[name])) return true;
  return false;
}

function presenceOf({ selections }: SelectionSetNode, value: unknown): Presence {
  if (value === null) return 'null';
  if (Array.isArray(value))
    return least(value.map((item) => presenceOf({ kind: Kind.SELECTION_SET, selections }, item)));
  if (!isTree(value)) return 'partial';
  return least(
    selections.map((selection) => {
      // Composition takes no key with a fragment; if it did, the subgraph would have to judge it.
      if (selection.kind !== Kind.FIELD) return 'partial';
      const found = value[selection.name.value];
      if (found === undefined) return 'partial';
      if (found === null) return 'null';
      return selection.selectionSet ? presenceOf(selection.selectionSet, found) : 'whole';
    }),
  );
}

function least(presences: readonly Presence[]): Presence {
  if (presences.includes('partial')) return 'partial';
  return presences.includes('null') ? 'null' : 'whole';
}

function parseFields(fields: string): SelectionSetNode {
  const { definitions } = parse(`{ ${fields} }`, { noLocation: true });
  return (definitions[0] as OperationDefinitionNode).selectionSet;
}
