import type { FetchNode } from '@apollo/query-planner';
import type { LoadedGraph } from '../../graph/live-graph.ts';
import { compileHasKey } from './entity-key.ts';
import { compileRepresentation } from './representation.ts';
import { compileRewrites } from './rewrite.ts';
import type { Tree } from './tree.ts';

/** What a subgraph is asked about, each thing once, and which objects of the answer each of them stands for. */
export interface Representations {
  readonly representations: readonly Tree[];
  /** At the index of a representation, its objects: at least one. */
  readonly targetsOf: readonly (readonly Tree[])[];
}

export function compileRepresentations(
  graph: LoadedGraph,
  { serviceName, requires = [], inputRewrites }: FetchNode,
): (targets: readonly Tree[]) => Representations {
  const pick = compileRepresentation(graph.supergraphSchema, requires);
  const rewrite = compileRewrites(graph.supergraphSchema, inputRewrites);
  const hasKey = compileHasKey(graph, serviceName);
  return (targets) => {
    const representations: Tree[] = [];
    const targetsOf: Tree[][] = [];
    const indices = new Map<string, number>();
    for (const target of targets) {
      const representation = pick(target);
      if (!representation?.['__typename']) continue;
      rewrite?.(representation);
      if (!hasKey(representation)) continue;
      // Two objects can have one representation and yet not be of one type, where a subgraph knows only their interface.
      const key = String(target['__typename']) + JSON.stringify(representation);
      const index = indices.get(key);
      if (index !== undefined) {
        targetsOf[index]!.push(target);
        continue;
      }
      indices.set(key, representations.length);
      representations.push(representation);
      targetsOf.push([target]);
    }
    return { representations, targetsOf };
  };
}
