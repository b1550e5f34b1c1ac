import type { GraphQLDataSource } from '@apollo/gateway';
import { ErrorCode } from '@supergraph/protocol';
import type { Dispatcher } from 'undici';
import type { SubgraphAddress } from '../graph/live-graph.ts';
import type { CallOutcome, GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { RequestContext } from '../request-context.ts';
import type { CallHeaders } from './call-headers.ts';
import { exchange, ExchangeFailure, type HttpAnswer } from './http-exchange.ts';
import { InFlightCalls } from './in-flight.calls.ts';
import { subgraphFailure } from './subgraph.failure.ts';

type Call = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

export interface SubgraphCalls {
  readonly dispatcher: Dispatcher;
  readonly headers: CallHeaders;
  readonly metrics: GatewayMetrics;
  readonly timeoutMs: number;
  readonly deduplicate: boolean;
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
    const startedAt = performance.now();
    let answer: HttpAnswer;
    try {
      answer = await this.#send(body, context, !isMutation(query));
    } catch (error) {
      const timedOut = error instanceof ExchangeFailure && error.timedOut;
      this.#ended(timedOut ? 'timeout' : 'unavailable', startedAt);
      context.logger.warn({ err: error, subgraph: this.#name }, 'Call to a subgraph failed');
      if (timedOut) context.unresponsive.add(this.#name);
      const code = timedOut ? ErrorCode.SUBGRAPH_TIMEOUT : ErrorCode.SUBGRAPH_UNAVAILABLE;
      return subgraphFailure(code, this.#name, call);
    }
    const result = parseResult(answer.body);
    this.#ended(result ? 'answered' : 'unavailable', startedAt);
    if (result) return result;
    context.logger.warn({ subgraph: this.#name, status: answer.status }, 'A subgraph did not answer in GraphQL');
    return subgraphFailure(ErrorCode.SUBGRAPH_UNAVAILABLE, this.#name, call);
  }

  #send(body: string, context: RequestContext, isQuery: boolean): Promise<HttpAnswer> {
    const forwarded = this.#calls.headers.forwarded(context);
    const send = (): Promise<HttpAnswer> => this.#attempt(body, forwarded, context, isQuery);
    return this.#inFlight && isQuery ? this.#inFlight.share(JSON.stringify([body, forwarded]), send) : send();
  }

  async #attempt(body: string, forwarded: string[], context: RequestContext, isQuery: boolean): Promise<HttpAnswer> {
    const { dispatcher, headers, timeoutMs, metrics } = this.#calls;
    const deadline = performance.now() + timeoutMs;
    const request: Dispatcher.DispatchOptions = { path: this.#path, method: 'POST', body };
    const attempt = (): Promise<HttpAnswer> => {
      request.headers = [...headers.own(body, context.authorization, context.correlationId), ...forwarded];
      return exchange(dispatcher, request, deadline - performance.now());
    };
    if (!isQuery) return attempt();
    try {
      return await attempt();
    } catch (error) {
      // Typically a kept connection that the subgraph closed in the very moment we used it.
      if (!(error instanceof ExchangeFailure) || error.timedOut || error.answerBegun) throw error;
      metrics.callRepeated(this.#name);
      return attempt();
    }
  }

  #ended(outcome: CallOutcome, startedAt: number): void {
    this.#calls.metrics.callEnded(this.#name, outcome, performance.now() - startedAt);
  }
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
