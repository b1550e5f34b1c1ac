import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { LoadedGraph } from '../../graph/live-graph.ts';
import { UnsupportedOperation } from '../unsupported-operation.ts';
import { compileFetch } from './fetch.step.ts';
import type { Step } from './plan-run.ts';
import type { ResponsePath } from './response-path.ts';

/** Compiles a plan. Throws {@link UnsupportedOperation} when a part of it is beyond us. */
export function compilePlan(graph: LoadedGraph, node: PlanNode | undefined, path: ResponsePath = []): Step {
  if (!node) return async () => {};
  switch (node.kind) {
    case 'Sequence':
      return sequence(node.nodes.map((each) => compilePlan(graph, each, path)));
    case 'Parallel':
      return parallel(node.nodes.map((each) => compilePlan(graph, each, path)));
    case 'Flatten':
      return compilePlan(graph, node.node, [...path, ...node.path.map(checkedSegment)]);
    case 'Condition':
      return condition(
        node.condition,
        compilePlan(graph, node.ifClause, path),
        compilePlan(graph, node.elseClause, path),
      );
    case 'Fetch':
      return compileFetch(graph, checkedFetch(node), path);
    case 'Defer':
      throw new UnsupportedOperation('@defer');
  }
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function parallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

function condition(variable: string, then: Step, otherwise: Step): Step {
  return (run) => (run.conditions[variable] ? then : otherwise)(run);
}

/** Paths of type-conditioned fetching, which is not switched on, have conditions in them. */
function checkedSegment(segment: string | number): string {
  if (typeof segment === 'number' || segment.includes('|')) throw new UnsupportedOperation('conditions in paths');
  return segment;
}

function checkedFetch(node: FetchNode): FetchNode {
  if (node.contextRewrites?.length) throw new UnsupportedOperation('@fromContext');
  return node;
}
