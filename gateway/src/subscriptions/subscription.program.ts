import type { GraphQLDataSource } from '@apollo/gateway';
import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { ErrorCode } from '@supergraph/protocol';
import { type DocumentNode, type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { compileProgram } from '../execution/compile-program.ts';
import type { Program } from '../execution/program.ts';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { RequestContext } from '../request-context.ts';

/** The place of the event in the plan. No subgraph can be called so: composition does not take the brackets. */
const EVENT_SOURCE = '<event>';

type Variables = Readonly<Record<string, unknown>>;

/**
 * A subscription, planned: what to ask the subgraph that publishes, and how to complete each of its events.
 *
 * The query planner splits a subscription in a `primary` fetch and the `rest`. For every event the plan of a query is
 * run in which the event stands for the answer to the first fetch, so fields of other subgraphs are joined, and errors
 * and nulls placed, exactly as they are in a query.
 *
 * Holds no state of a subscriber, so one program serves all who subscribe with the same document.
 */
export class SubscriptionProgram {
  /** The subgraph that publishes the events. */
  readonly publisher: { readonly name: string; readonly url: string };
  readonly #graph: LoadedGraph;
  readonly #primary: FetchNode;
  readonly #program: Program;

  constructor(graph: LoadedGraph, document: DocumentNode, operationName?: string) {
    const { primary, rest } = plan(graph, document, operationName);
    const publisher = graph.subgraphs.get(primary.serviceName);
    if (!publisher) throw new Error(`The plan names subgraph '${primary.serviceName}', which the graph does not have`);
    this.publisher = publisher;
    this.#graph = graph;
    this.#primary = primary;
    this.#program = compileProgram(graph, { document, operationName, plan: eventPlan(primary, rest) });
  }

  /** The subscription as the publisher gets it. */
  request(variables: Variables): { query: string; operationName: string | undefined; variables: Variables } {
    const used = this.#primary.variableUsages ?? [];
    return {
      query: this.#primary.operation,
      operationName: this.#primary.operationName,
      variables: Object.fromEntries(used.filter((name) => name in variables).map((name) => [name, variables[name]])),
    };
  }

  /** Whether the publisher would see no difference between this program and another. */
  asksTheSameAs(other: SubscriptionProgram): boolean {
    return (
      this.publisher.name === other.publisher.name &&
      this.publisher.url === other.publisher.url &&
      this.#primary.operation === other.#primary.operation
    );
  }

  /**
   * Completes an event with what other subgraphs know. Takes the event over: the answer is merged into it.
   *
   * Errors of single fields are in the result, not yet fit for the eyes of a client.
   */
  async complete(
    event: FormattedExecutionResult,
    variables: Variables,
    context: RequestContext,
  ): Promise<ExecutionResult> {
    const published = { process: async () => event } as unknown as GraphQLDataSource;
    const { dataSources } = this.#graph;
    const { data, errors } = await this.#program.run({
      variables,
      context,
      sources: { get: (subgraph) => (subgraph === EVENT_SOURCE ? published : dataSources.get(subgraph)) },
    });
    return { data: data ?? null, ...(errors && { errors }) };
  }
}

function plan(graph: LoadedGraph, document: DocumentNode, operationName: string | undefined): SubscriptionNode {
  const operation = operationFromDocument(graph.queryPlanner.supergraph.apiSchema(), document, { operationName });
  if (operation.selectionSet.selections().some((selection) => selection.element.appliedDirectives.length > 0)) {
    throw new GraphQLError('The root field of a subscription cannot have @skip or @include', {
      extensions: { code: ErrorCode.GRAPHQL_VALIDATION_FAILED },
    });
  }
  const { node } = graph.queryPlanner.buildQueryPlan(operation);
  if (node?.kind !== 'Subscription') throw new Error('The planner did not take a subscription for one');
  return node;
}

function eventPlan(primary: FetchNode, rest: PlanNode | undefined): PlanNode {
  const event = { ...primary, serviceName: EVENT_SOURCE, operationKind: 'query' } as FetchNode;
  return rest ? { kind: 'Sequence', nodes: [event, rest] } : event;
}
