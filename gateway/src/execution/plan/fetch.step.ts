import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError, isInterfaceType } from 'graphql';
import type { LoadedGraph } from '../../graph/live-graph.ts';
import { compileRepresentations, type Representations } from './representations.ts';
import type { PlanRun, Step } from './plan-run.ts';
import { collectTargets, type ResponsePath } from './response-path.ts';
import { compileRewrites } from './rewrite.ts';
import { type ErrorPlaces, subgraphErrors } from './subgraph-error.ts';
import { copyOf, isTree, mergeTree, type Tree } from './tree.ts';

type Call = Parameters<GraphQLDataSource['process']>[0];

/** Compiles a call of one subgraph, for root fields or for the entities at a path. */
export function compileFetch(graph: LoadedGraph, node: FetchNode, path: ResponsePath): Step {
  const ask = compileCall(node, path);
  const complete = node.requires
    ? compileEntities(graph, node, path, ask, compileRepresentations(graph, node))
    : compileFields(graph, node, path, ask);
  return async (run) => {
    const targets = collectTargets(run.root, path);
    if (targets.length === 0) return;
    try {
      await complete(run, targets);
    } catch (error) {
      run.errors.push(error instanceof GraphQLError ? error : wrapped(error as Error));
    }
  };
}

type Complete = (run: PlanRun, targets: readonly Tree[]) => Promise<void>;

/** Asks the subgraph. Resolves to its data; its errors are noted in the run. */
type Ask = (run: PlanRun, variables: Tree, targetsOf?: (index: number) => ReadonlySet<Tree>) => Promise<unknown>;

function compileCall(node: FetchNode, path: ResponsePath): Ask {
  const { serviceName: subgraph, operation: query, operationName, variableUsages = [] } = node;
  return async (run, own, targetsOf) => {
    const source = run.sources.get(subgraph);
    if (!source) throw new Error(`The plan names subgraph '${subgraph}', which the graph does not have`);
    const variables: Tree = {};
    for (const name of variableUsages) {
      if (Object.hasOwn(run.variables, name)) variables[name] = run.variables[name];
    }
    const { data, errors } = await source.process({
      kind: 'incoming operation',
      request: { query, variables: Object.assign(variables, own), operationName },
      context: run.context,
      pathInIncomingRequest: path,
    } as unknown as Call);
    if (errors) {
      const places: ErrorPlaces = { subgraph, path, root: run.root, targetsOf };
      for (const error of errors) run.errors.push(...subgraphErrors(error as GraphQLFormattedError, places));
    }
    return data;
  };
}

function compileFields(graph: LoadedGraph, node: FetchNode, path: ResponsePath, ask: Ask): Complete {
  const rewrite = compileRewrites(graph.supergraphSchema, node.outputRewrites);
  return async (run, targets) => {
    const found = await ask(run, {});
    if (!isTree(found)) return;
    rewrite?.(found);
    targets.forEach((target, index) => mergeTree(target, index === 0 ? found : copyOf(found)));
  };
}

function compileEntities(
  graph: LoadedGraph,
  node: FetchNode,
  path: ResponsePath,
  ask: Ask,
  represent: (targets: readonly Tree[]) => Representations,
): Complete {
  const { supergraphSchema } = graph;
  const rewrite = compileRewrites(supergraphSchema, node.outputRewrites);
  // A subgraph that knows an interface as an object calls all that implement it by the name of the interface.
  const isMoreExact = (typename: unknown, known: unknown): boolean =>
    typename === known || (typeof typename === 'string' && !isInterfaceType(supergraphSchema.getType(typename)));
  return async (run, targets) => {
    const { representations, targetsOf } = represent(targets);
    if (representations.length === 0) return;
    const found = await ask(run, { representations }, (index) => new Set(targetsOf[index]));
    if (found === undefined || found === null) return;
    const entities = (found as Tree)['_entities'];
    if (!Array.isArray(entities) || entities.length !== representations.length) {
      throw new Error(`Subgraph '${node.serviceName}' did not give one entity for each representation`);
    }
    entities.forEach((entity: unknown, index) => {
      if (!isTree(entity)) return;
      const [first, ...others] = targetsOf[index]!;
      if (!isMoreExact(entity['__typename'], first!['__typename'])) entity['__typename'] = first!['__typename'];
      rewrite?.(entity);
      // The copies first: once merged, the entity is a part of the answer.
      for (const target of others) mergeTree(target, copyOf(entity));
      mergeTree(first!, entity);
    });
  };
}

function wrapped(error: Error): GraphQLError {
  return new GraphQLError(error.message, { originalError: error });
}
