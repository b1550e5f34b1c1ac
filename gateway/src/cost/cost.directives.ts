import type { LoadedGraph } from '../graph/live-graph.ts';

const SPECIFICATION = 'https://specs.apollo.dev/cost';

/** What the directives of the cost specification are called in a supergraph, which may rename them. */
export interface CostDirectiveNames {
  readonly cost: string | undefined;
  readonly listSize: string | undefined;
}

/** None for a graph that does not use them. */
export function costDirectiveNames({ queryPlanner }: Pick<LoadedGraph, 'queryPlanner'>): CostDirectiveNames {
  const feature = queryPlanner.supergraph.schema.coreFeatures?.getByIdentity(SPECIFICATION);
  return { cost: feature?.directiveNameInSchema('cost'), listSize: feature?.directiveNameInSchema('listSize') };
}
