import { randomUUID } from 'node:crypto';
import type { Logger } from '@supergraph/protocol';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  OperationTypeNode,
  parse,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Authorization } from '../authorization/authorization.ts';
import type { DocumentResolver } from '../documents/document.resolver.ts';
import type { LiveGraph, LoadedGraph } from '../graph/live-graph.ts';
import type { GuardedOperation, OperationGuard } from '../guard/operation.guard.ts';
import type { OperationObserver } from '../observation/operation.observer.ts';
import type { OperationRecord } from '../observation/operation.record.ts';
import type { Overload } from '../overload/overload.ts';
import type { RequestContext } from '../request-context.ts';
import type { ByteBudget } from '../subscriptions/byte.budget.ts';
import { EventQueue } from '../subscriptions/event.queue.ts';
import { OperationFailure } from '../subscriptions/operation-failure.ts';
import { runSubscription } from '../subscriptions/run-subscription.ts';
import type { SubscriptionCompiler, SubscriptionRequest } from '../subscriptions/subscription.compiler.ts';
import type { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import type { OperationsUnderWay } from './operations.under-way.ts';
import { runSingle } from './run-single.ts';
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
  readonly guard: OperationGuard;
  readonly authorization: Authorization;
  readonly documents: DocumentResolver;
  readonly overload: Overload;
  readonly underWay: OperationsUnderWay;
  readonly execute: ExecuteSingleResult;
  formatError(error: GraphQLFormattedError, context: RequestContext): GraphQLFormattedError;
  readonly maxTokens: number;
  readonly upstreams: UpstreamSockets;
  readonly compiler: SubscriptionCompiler;
  readonly metrics: SocketMetrics;
  readonly budget: ByteBudget;
  readonly maxWaitingEvents: number;
  readonly observer: OperationObserver;
  createContext(record: OperationRecord): RequestContext;
  /** Calls the listener whenever the caller's token was replaced. Returns how to stop. */
  onRefresh(listener: () => void): () => void;
  overflowed(): void;
  readonly signal: AbortSignal;
}

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
  const record = run.observer.begin(randomUUID(), payload.extensions?.['traceparent'] as string | undefined);
  const context = run.createContext(record);
  try {
    const query = receive(payload, context, run);
    const request = { query, operationName: payload.operationName ?? undefined, variables: payload.variables ?? {} };
    const document = parsed(query, run.maxTokens);
    if (document && isSubscription(document, request.operationName)) {
      yield* subscription({ ...request, document }, context, run);
    } else {
      const result = await runSingle(request, context, run);
      run.observer.ended(record);
      if (result.data === undefined) throw new OperationFailure(result.errors ?? []);
      yield result;
    }
  } finally {
    run.observer.ended(record);
  }
}

/** The document, which the client may only have named. */
function receive(payload: SubscribePayload, context: RequestContext, run: OperationRun): string {
  try {
    run.overload.check();
    run.guard.arrive(context);
    const document = run.documents.resolve(payload, context) ?? payload.query;
    run.guard.inspect(document, context);
    return document;
  } catch (error) {
    throw new OperationFailure(reportable(error, context.logger).map((each) => run.formatError(each, context)));
  }
}

async function* subscription(
  request: SubscriptionRequest,
  asked: RequestContext,
  run: OperationRun,
): AsyncGenerator<FormattedExecutionResult, void, void> {
  // One correlation id for the subscription and all its events, so that one search of the logs finds them.
  const { record } = asked;
  const context = () => run.createContext(record);
  const compile = (graph: LoadedGraph) => run.compiler.compile(graph, request, context());
  run.metrics.activeSubscriptions.inc();
  try {
    const { withheld } = compile(run.graph.current);
    if (withheld) run.authorization.record(withheld, request.operationName, asked);
    await run.guard.admit(guarded(request, run.graph.current, asked));
    run.observer.ended(record);
    const results = runSubscription({
      graph: run.graph,
      upstreams: run.upstreams,
      queue: new EventQueue(run.maxWaitingEvents, run.budget),
      variables: request.variables,
      compile,
      context: () => run.createContext(run.observer.beginEvent(record)),
      onRefresh: (listener) => run.onRefresh(listener),
      extensions: () => callerExtensions(context()),
      format: (result, eventContext) => {
        const formatted = formatResult(result, (error) => run.formatError(error, eventContext));
        run.observer.eventEnded(eventContext.record);
        return formatted;
      },
      overflowed: () => run.overflowed(),
      signal: run.signal,
    });
    for await (const result of results) {
      yield result;
      run.metrics.deliveredEvents.inc();
    }
  } catch (error) {
    throw new OperationFailure(reportable(error, asked.logger).map((each) => run.formatError(each, context())));
  } finally {
    run.metrics.activeSubscriptions.dec();
  }
}

function guarded(
  { query, document, operationName, variables }: SubscriptionRequest,
  graph: LoadedGraph,
  context: RequestContext,
): GuardedOperation {
  const operation = getOperationAST(document, operationName)!;
  return { graph, document, operation, operationName, documentKey: query, variables, context };
}

/** What does not parse is left to the executor, which says so in the same words as over HTTP. */
function parsed(query: string, maxTokens: number): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens, maxComments: maxTokens });
  } catch {
    return undefined;
  }
}

function isSubscription(document: DocumentNode, operationName: string | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

/** Stands for the headers that an HTTP call to a subgraph has. */
function callerExtensions({ authorization, correlationId, clientAddress, acceptLanguage, record }: RequestContext) {
  const { traceparent } = record.span;
  return { authorization, correlationId, clientAddress, acceptLanguage, ...(traceparent && { traceparent }) };
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
