import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isTree, type Tree } from './tree.ts';
import { isOfType } from './type-condition.ts';

/** Changes names and values inside an object where the plan says that a subgraph knows them otherwise. */
export type Rewrite = (value: Tree) => void;

const FRAGMENT = '... on ';

export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] = [],
): Rewrite | undefined {
  if (rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => {
    const change = compileChange(rewrite);
    return (value: Tree) => visit(value, rewrite.path, 0, change);
  });
  return (value) => compiled.forEach((rewrite) => rewrite(value));

  function visit(value: unknown, path: readonly string[], at: number, change: Rewrite): void {
    if (Array.isArray(value)) return value.forEach((item) => visit(item, path, at, change));
    if (!isTree(value)) return;
    if (at === path.length - 1) return change(value);
    const segment = path[at]!;
    if (!segment.startsWith(FRAGMENT)) return visit(value[segment], path, at + 1, change);
    const { __typename: typename } = value;
    if (!typename || isOfType(schema, typename, segment.slice(FRAGMENT.length))) visit(value, path, at + 1, change);
  }
}

function compileChange(rewrite: FetchDataRewrite): Rewrite {
  const name = rewrite.path.at(-1)!;
  if (rewrite.kind === 'ValueSetter') return (value) => void (value[name] = rewrite.setValueTo as unknown);
  return (value) => {
    if (value[name] === undefined) return;
    value[rewrite.renameKeyTo] = value[name];
    // Cheaper than to delete it, and merges pass over it.
    value[name] = undefined;
  };
}
