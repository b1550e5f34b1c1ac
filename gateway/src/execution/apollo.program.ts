import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLError } from 'graphql';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { Program, ProgramResult, ProgramRun } from './program.ts';

type Arguments = Parameters<typeof executeQueryPlan>;

/** Runs a plan with Apollo Gateway's executor. */
export class ApolloProgram implements Program {
  readonly #graph: LoadedGraph;
  readonly #plan: QueryPlan;
  readonly #operation: ReturnType<typeof buildOperationContext>;

  constructor(graph: LoadedGraph, document: DocumentNode, operationName: string | undefined, plan: QueryPlan) {
    this.#graph = graph;
    this.#plan = plan;
    this.#operation = buildOperationContext({
      schema: graph.apiSchema,
      operationDocument: document,
      operationName,
    });
  }

  async run({ variables, context, sources }: ProgramRun): Promise<ProgramResult> {
    const services = new Proxy({}, { get: (_, name) => sources.get(String(name)) }) as ServiceMap;
    const request = { request: { variables }, context, metrics: {}, logger: context.logger };
    const { data, errors, extensions } = await executeQueryPlan(
      this.#plan,
      services,
      request as unknown as Arguments[2],
      this.#operation,
      this.#graph.supergraphSchema,
      this.#graph.queryPlanner.supergraph.apiSchema(),
    );
    // Where a subgraph breaks its own schema the executor nulls the data and hides the reason in an extension. A null
    // with no error in its path is not an answer the specification knows.
    const reported = errors ?? (extensions?.['valueCompletion'] as GraphQLError[] | undefined);
    return { ...(data !== undefined && { data }), ...(reported && { errors: reported }) };
  }
}
