import { getVariableValues } from 'graphql';
import type { Engine, Operation, OperationResult } from '../execution/engine.ts';
import type { LiveGraph } from '../graph/live-graph.ts';
import type { RequestContext } from '../request-context.ts';
import type { Authorization } from './authorization.ts';
import type { RunResult, WithheldOperation } from './withheld-operation.ts';

/** Has another engine run what the caller may see of an operation, and tells them of the rest that they may not. */
export class AuthorizedEngine implements Engine {
  readonly #engine: Engine;
  readonly #graph: LiveGraph;
  readonly #authorization: Authorization;

  constructor(engine: Engine, graph: LiveGraph, authorization: Authorization) {
    this.#engine = engine;
    this.#graph = graph;
    this.#authorization = authorization;
  }

  async execute(request: Operation): Promise<OperationResult> {
    const graph = this.#graph.current;
    const context = request.context as unknown as RequestContext;
    const operationName = request.operationName ?? undefined;
    const asked = {
      ...{ document: request.document, operationName },
      ...{ documentKey: request.queryHash, characters: request.source.length },
    };
    const { key, withheld } = this.#authorization.decide(graph, asked, context.claims);
    if (!withheld) return this.#engine.execute(request);
    this.#authorization.record(withheld, operationName, context);
    const variables = request.request.variables ?? {};
    const { extensions, ...result } = await this.#run(request, withheld, key);
    const completed = withheld.complete(result as RunResult, variables, context.claims);
    return { ...completed, ...(extensions && { extensions }) } as OperationResult;
  }

  async #run(request: Operation, { filtered }: WithheldOperation, key: string): Promise<OperationResult> {
    const { document, operation, isEmpty } = filtered;
    // A hash of its own: plans are kept under it, and this one is not for everybody.
    if (!isEmpty)
      return this.#engine.execute({ ...request, document, operation, queryHash: `${request.queryHash}:${key}` });
    const variables = request.request.variables ?? {};
    const definitions = request.operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(this.#graph.current.apiSchema, definitions, variables);
    return errors ? { errors } : { data: {} };
  }
}
