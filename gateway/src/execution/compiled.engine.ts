import { operationFromDocument } from '@apollo/federation-internals';
import type { Logger } from '@supergraph/protocol';
import { getVariableValues } from 'graphql';
import type { LiveGraph, LoadedGraph } from '../graph/live-graph.ts';
import { MAX_VALIDATION_ERRORS } from '../limits/document.limits.ts';
import type { RequestContext } from '../request-context.ts';
import { compileProgram } from './compile-program.ts';
import type { Engine, Operation, OperationResult } from './engine.ts';
import type { Program } from './program.ts';
import { type CacheWatch, ProgramCache } from './program.cache.ts';

/** Plans each document once, with Apollo's planner, and compiles the plan. */
export class CompiledEngine implements Engine {
  readonly #graph: LiveGraph;
  readonly #logger: Logger;
  readonly #programs: ProgramCache<Program>;

  constructor(graph: LiveGraph, logger: Logger, watch?: CacheWatch) {
    this.#graph = graph;
    this.#logger = logger;
    this.#programs = new ProgramCache({}, watch);
  }

  async execute(request: Operation): Promise<OperationResult> {
    const graph = this.#graph.current;
    const variables = request.request.variables ?? {};
    const { errors } = getVariableValues(graph.apiSchema, request.operation.variableDefinitions ?? [], variables, {
      maxErrors: MAX_VALIDATION_ERRORS,
    });
    if (errors) return { errors };
    const key = `${request.queryHash} ${request.operationName ?? ''}`;
    const context = request.context as unknown as RequestContext;
    const compile = (): Program => this.#compile(graph, request, context);
    const program = this.#programs.get(graph, key, compile, request.source.length);
    return (await program.run({ variables, context, sources: graph.dataSources })) as OperationResult;
  }

  #compile(graph: LoadedGraph, request: Operation, { record }: RequestContext): Program {
    const span = record.span.child('plan', 'internal');
    try {
      return this.#plan(graph, request);
    } finally {
      span.end();
    }
  }

  #plan(graph: LoadedGraph, { document, operationName }: Operation): Program {
    const name = operationName ?? undefined;
    const operation = operationFromDocument(graph.queryPlanner.supergraph.apiSchema(), document, {
      operationName: name,
    });
    const { node } = graph.queryPlanner.buildQueryPlan(operation);
    if (node?.kind === 'Subscription') throw new Error('A subscription does not have one result');
    return compileProgram(graph, { document, operationName: name, plan: node }, ({ message: reason }) =>
      this.#logger.debug({ reason, operationName: name }, "An operation is run by Apollo's executor"),
    );
  }
}
