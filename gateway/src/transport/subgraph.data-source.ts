import type { GraphQLDataSource } from '@apollo/gateway';
import { ErrorCode } from '@supergraph/protocol';
import { Attribute, type Span, SUBGRAPH_ATTRIBUTE } from '@supergraph/telemetry';
import type { Dispatcher } from 'undici';
import type { SubgraphAddress } from '../graph/live-graph.ts';
import type { CallOutcome, GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { OperationRecord } from '../observation/operation.record.ts';
import type { RequestContext } from '../request-context.ts';
import type { CallHeaders } from './call-headers.ts';
import { exchange, ExchangeFailure, type HttpAnswer } from './http-exchange.ts';
import { InFlightCalls } from './in-flight.calls.ts';
import { subgraphFailure } from './subgraph.failure.ts';
import { CallRefused, type Send, type SubgraphLine } from './subgraph.line.ts';

type Call = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

export interface SubgraphCalls {
  readonly dispatcher: Dispatcher;
  readonly line: SubgraphLine;
  readonly headers: CallHeaders;
  readonly metrics: GatewayMetrics;
  readonly deduplicate: boolean;
}

interface ObservedCall {
  readonly record: OperationRecord;
  readonly span: Span;
  readonly startedAt: number;
}

/**
 * Calls one subgraph over HTTP.
 *
 * Everything that can go wrong on the way becomes one of two coded errors, which name the subgraph and nothing else; the
 * executor keeps what other subgraphs answered. Details are in the log, under the request's correlation id.
 */
export class SubgraphDataSource implements GraphQLDataSource {
  readonly #name: string;
  readonly #path: string;
  readonly #calls: SubgraphCalls;
  readonly #inFlight: InFlightCalls<HttpAnswer> | undefined;

  constructor(subgraph: SubgraphAddress, calls: SubgraphCalls) {
    const url = new URL(subgraph.url);
    this.#name = subgraph.name;
    this.#path = url.pathname + url.search;
    this.#calls = calls;
    this.#inFlight = calls.deduplicate ? new InFlightCalls() : undefined;
  }

  async process(call: Call): Promise<Answer> {
    const context = call.context as RequestContext;
    if (context.unresponsive.has(this.#name)) return subgraphFailure(ErrorCode.SUBGRAPH_TIMEOUT, this.#name, call);
    const { query, variables, operationName } = call.request;
    const body = JSON.stringify({ query, variables, operationName });
    const observed = this.#begin(context, call);
    let answer: HttpAnswer;
    try {
      answer = await this.#send(body, context, !isMutation(query), observed.span);
    } catch (error) {
      const outcome = outcomeOf(error);
      this.#ended(outcome, observed);
      // Of what was not sent, the metrics tell: a line for each would be as many as there are calls.
      if (outcome !== 'refused' && outcome !== 'abandoned') {
        context.logger.warn({ err: error, subgraph: this.#name }, 'Call to a subgraph failed');
      }
      if (outcome === 'timeout') context.unresponsive.add(this.#name);
      const code = outcome === 'timeout' ? ErrorCode.SUBGRAPH_TIMEOUT : ErrorCode.SUBGRAPH_UNAVAILABLE;
      return subgraphFailure(code, this.#name, call);
    }
    const isShared = this.#inFlight !== undefined && !isMutation(query);
    if (answer.cookies) context.head?.setCookies(answer.cookies, isShared);
    const result = parseResult(answer.body);
    this.#ended(result ? 'answered' : 'unavailable', observed);
    if (result) return result;
    context.logger.warn({ subgraph: this.#name, status: answer.status }, 'A subgraph did not answer in GraphQL');
    return subgraphFailure(ErrorCode.SUBGRAPH_UNAVAILABLE, this.#name, call);
  }

  #send(body: string, context: RequestContext, isQuery: boolean, { traceparent }: Span): Promise<HttpAnswer> {
    const { dispatcher, headers, line } = this.#calls;
    const { authorization, correlationId } = context;
    const forwarded = headers.forwarded(context);
    const send: Send = (timeoutMs, signal) => {
      const own = headers.own(body, { authorization, correlationId, traceparent });
      own.push(...forwarded);
      return exchange(dispatcher, { path: this.#path, method: 'POST', body, headers: own }, timeoutMs, {
        signal,
        held: context.held,
      });
    };
    if (!isQuery) return line.mutation(send);
    if (!this.#inFlight) return line.query(send, context.signal);
    // Without the signal: others may be waiting for the same answer.
    return this.#inFlight.share(JSON.stringify([body, forwarded]), () => line.query(send));
  }

  #begin({ record }: RequestContext, { request }: Call): ObservedCall {
    const span = record.span.child('POST', 'client', {
      [SUBGRAPH_ATTRIBUTE]: this.#name,
      [Attribute.HTTP_REQUEST_METHOD]: 'POST',
      [Attribute.GRAPHQL_OPERATION_NAME]: request.operationName,
      [Attribute.GRAPHQL_OPERATION_TYPE]: isMutation(request.query) ? 'mutation' : 'query',
    });
    return { record, span, startedAt: performance.now() };
  }

  #ended(outcome: CallOutcome, { record, span, startedAt }: ObservedCall): void {
    const milliseconds = performance.now() - startedAt;
    this.#calls.metrics.callEnded(this.#name, outcome, milliseconds);
    record.calls.push({ subgraph: this.#name, milliseconds });
    if (outcome !== 'answered') span.fail(outcome);
    span.end();
  }
}

function outcomeOf(error: unknown): CallOutcome {
  if (error instanceof CallRefused) return 'refused';
  if (!(error instanceof ExchangeFailure)) return 'unavailable';
  if (error.reason === 'no room') return 'refused';
  return error.reason === 'timeout' || error.reason === 'abandoned' ? error.reason : 'unavailable';
}

/** Documents for subgraphs are written by the query planner, which puts the operation first and abbreviates nothing. */
function isMutation(query: string | undefined): boolean {
  return query?.startsWith('mutation') ?? false;
}

/** An answer counts whatever its HTTP status, as long as it is one: servers disagree on the status of GraphQL errors. */
function parseResult(body: string): Answer | undefined {
  try {
    const result: unknown = JSON.parse(body);
    if (typeof result !== 'object' || result === null) return undefined;
    const { data, errors } = result as { data?: unknown; errors?: unknown };
    const hasErrors = Array.isArray(errors) && errors.length > 0;
    if (data === undefined && !hasErrors) return undefined;
    return { data: data as Answer['data'], ...(hasErrors && { errors }) };
  } catch {
    return undefined;
  }
}
