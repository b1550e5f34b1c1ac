import type { GraphQLDataSource } from '@apollo/gateway';
import type { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

/** Our compiled programs, or Apollo Gateway's executor, which is the reference that ours is compared with. */
export const ENGINE_NAMES = ['compiled', 'apollo'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Where a subgraph is called: the name the supergraph gives it, and its address after any override. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** One supergraph with all that is derived from it. Never changes: a reload makes another one. */
export interface LoadedGraph {
  /** What runs its plans. */
  readonly engine: EngineName;
  /** Counts the graphs loaded since the start, from 1. */
  readonly revision: number;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** Everything, including what clients may not see. Needed to execute a plan, never shown. */
  readonly supergraphSchema: GraphQLSchema;
  /**
   * The supergraph as it was composed, with every directive on its definitions: authorization, costs, limits. What the
   * guard acts by; nothing is executed on it.
   */
  readonly annotatedSchema: GraphQLSchema;
  /** Its `supergraph` has the same schemas in the form that planning needs. */
  readonly queryPlanner: QueryPlanner;
  readonly subgraphs: ReadonlyMap<string, SubgraphAddress>;
  /** How to call each subgraph over HTTP, by name. */
  readonly dataSources: ReadonlyMap<string, GraphQLDataSource>;
}

/** The graph that is being served, which changes under us when the supergraph is reloaded. */
export interface LiveGraph {
  /** Throws before the first graph is loaded. */
  readonly current: LoadedGraph;
  /** Calls the listener after each change, not for the graph that is there already. Returns how to stop. */
  onChange(listener: (graph: LoadedGraph) => void): () => void;
}

/** The writing end of a {@link LiveGraph}. */
export class GraphHolder implements LiveGraph {
  #current: LoadedGraph | undefined;
  readonly #listeners = new Set<(graph: LoadedGraph) => void>();

  get current(): LoadedGraph {
    if (!this.#current) throw new Error('No supergraph is loaded yet');
    return this.#current;
  }

  get isLoaded(): boolean {
    return this.#current !== undefined;
  }

  replace(graph: LoadedGraph): void {
    this.#current = graph;
    for (const listener of this.#listeners) listener(graph);
  }

  onChange(listener: (graph: LoadedGraph) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
