import { randomUUID } from 'node:crypto';
import { ErrorCode, type Logger } from '@supergraph/protocol';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  OperationTypeNode,
  parse,
  type ValidationRule,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { LiveGraph } from '../graph/live-graph.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from '../limits/nesting.ts';
import type { RequestContext } from '../request-context.ts';
import type { ByteBudget } from '../subscriptions/byte.budget.ts';
import { compileSubscription } from '../subscriptions/compile-subscription.ts';
import { EventQueue } from '../subscriptions/event.queue.ts';
import { OperationFailure } from '../subscriptions/operation-failure.ts';
import type { ProgramCache } from '../execution/program.cache.ts';
import { runSubscription } from '../subscriptions/run-subscription.ts';
import type { SubscriptionProgram } from '../subscriptions/subscription.program.ts';
import type { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import type { SocketMetrics } from './socket.metrics.ts';

export interface SingleResultRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

export type ExecuteSingleResult = (
  request: SingleResultRequest,
  context: RequestContext,
) => Promise<FormattedExecutionResult>;

export interface OperationRun {
  readonly graph: LiveGraph;
  readonly execute: ExecuteSingleResult;
  formatError(error: GraphQLFormattedError, context: RequestContext): GraphQLFormattedError;
  readonly validationRules?: readonly ValidationRule[];
  readonly maxTokens: number;
  readonly upstreams: UpstreamSockets;
  readonly programs: ProgramCache<SubscriptionProgram>;
  readonly metrics: SocketMetrics;
  readonly budget: ByteBudget;
  readonly maxWaitingEvents: number;
  createContext(correlationId: string): RequestContext;
  overflowed(): void;
  readonly signal: AbortSignal;
}

const nestedTooDeep = { message: NESTED_TOO_DEEP, extensions: { code: ErrorCode.BAD_REQUEST } };

/**
 * Runs an operation that came over a socket and yields its results: one of a query or mutation, any number of a
 * subscription.
 *
 * Throws `OperationFailure` when it was refused or ended with an error of its own.
 */
export async function* runOperation(
  payload: SubscribePayload,
  run: OperationRun,
): AsyncGenerator<FormattedExecutionResult, void, void> {
  const context = run.createContext(randomUUID());
  const request = {
    query: payload.query,
    operationName: payload.operationName ?? undefined,
    variables: payload.variables ?? {},
  };
  if (isNestedTooDeep(payload.query)) throw new OperationFailure([nestedTooDeep]);
  const document = parsed(payload.query, run.maxTokens);
  if (document && isSubscription(document, request.operationName)) {
    yield* subscription({ ...request, document }, context, run);
  } else {
    const result = await run.execute(request, context);
    if (result.data === undefined) throw new OperationFailure(result.errors ?? []);
    yield result;
  }
}

async function* subscription(
  request: Parameters<typeof compileSubscription>[1],
  { correlationId, logger }: RequestContext,
  run: OperationRun,
): AsyncGenerator<FormattedExecutionResult, void, void> {
  // One correlation id for the subscription and all its events, so that one search of the logs finds them.
  const context = () => run.createContext(correlationId);
  run.metrics.activeSubscriptions.inc();
  try {
    const results = runSubscription({
      graph: run.graph,
      upstreams: run.upstreams,
      queue: new EventQueue(run.maxWaitingEvents, run.budget),
      variables: request.variables,
      compile: (graph) => compileSubscription(graph, request, run.programs, run.validationRules),
      context,
      extensions: () => callerExtensions(context()),
      format: (result, eventContext) => formatResult(result, (error) => run.formatError(error, eventContext)),
      overflowed: () => run.overflowed(),
      signal: run.signal,
    });
    for await (const result of results) {
      yield result;
      run.metrics.deliveredEvents.inc();
    }
  } catch (error) {
    throw new OperationFailure(reportable(error, logger).map((each) => run.formatError(each, context())));
  } finally {
    run.metrics.activeSubscriptions.dec();
  }
}

/** What does not parse is left to the executor, which says so in the same words as over HTTP. */
function parsed(query: string, maxTokens: number): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens });
  } catch {
    return undefined;
  }
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

/** Stands for the headers that an HTTP call to a subgraph has. */
function callerExtensions({ authorization, correlationId, clientAddress, acceptLanguage }: RequestContext) {
  return { authorization, correlationId, clientAddress, acceptLanguage };
}

/** What is to be told of a failure. A fault of ours is logged here, because its client only learns that there was one. */
function reportable(error: unknown, logger: Logger): readonly GraphQLFormattedError[] {
  if (error instanceof OperationFailure) return error.errors;
  if (error instanceof GraphQLError) return [error.toJSON()];
  logger.error({ err: error }, 'subscription failed');
  return [{ message: 'Internal server error' }];
}

function formatResult(
  { data, errors }: ExecutionResult,
  format: (error: GraphQLFormattedError) => GraphQLFormattedError,
): FormattedExecutionResult {
  return { data: data ?? null, ...(errors?.length && { errors: errors.map(format) }) };
}
