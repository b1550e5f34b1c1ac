import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import {
  CLIENT_ADDRESS_HEADER,
  type Clock,
  CORRELATION_HEADER,
  SIGNATURE_HEADER,
  verifyCall,
} from '@supergraph/protocol';
import { Attribute, CORRELATION_ATTRIBUTE, type Span, TRACE_CONTEXT_HEADER, type Tracer } from '@supergraph/telemetry';
import { DomainError } from '../errors/domain.error.ts';
import { failedWith } from '../tracing/background.span.ts';
import { headerOf, respondRefusal, takeBody } from './http-exchange.ts';
import type { CallDetails, RequestRunner } from './request-runner.ts';

/** The gateway has already bounded what clients send; this only keeps a fault of ours from filling the memory. */
const BODY_LIMIT = 16 * 1024 * 1024;

export interface GraphqlHttpOptions<Services, Context extends object> {
  readonly apollo: ApolloServer<Context>;
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly requests: RequestRunner<Services, Context>;
  readonly tracer: Tracer;
}

/** Answers `POST /graphql` for the gateway, and for nobody else. */
export function graphqlHttp<Services, Context extends object>(options: GraphqlHttpOptions<Services, Context>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await takeBody(request, response, BODY_LIMIT);
    if (!bytes) return;
    const body = bytes.toString('utf8');
    const authorization = headerOf(request, 'authorization');
    const verdict = verifyCall(
      options.signingSecret,
      { method: request.method ?? '', body, authorization },
      headerOf(request, SIGNATURE_HEADER),
      options.clock.now().getTime(),
    );
    if (verdict !== 'valid') {
      return respondRefusal(response, 401, 'UNAUTHENTICATED', 'Only the gateway may call this service.');
    }
    const { tracer } = options;
    const span = tracer.start('GraphQL Operation', 'server', headerOf(request, TRACE_CONTEXT_HEADER), {
      [CORRELATION_ATTRIBUTE]: headerOf(request, CORRELATION_HEADER),
    });
    try {
      await tracer.within(span, () => answer(options, request, response, body, span));
    } catch (error) {
      failedWith(span, error);
      if (!(error instanceof DomainError)) throw error;
      respondRefusal(response, 200, error.code, error.message);
    } finally {
      span.end();
    }
  };
}

async function answer<Services, Context extends object>(
  options: GraphqlHttpOptions<Services, Context>,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  span: Span,
): Promise<void> {
  const call: CallDetails = {
    authorization: headerOf(request, 'authorization'),
    traceparent: span.traceparent,
    correlationId: headerOf(request, CORRELATION_HEADER),
    clientAddress: headerOf(request, CLIENT_ADDRESS_HEADER),
    userAgent: headerOf(request, 'user-agent'),
    acceptLanguage: headerOf(request, 'accept-language'),
  };
  const scope = await options.requests.identify(call);
  const operation = parse(body);
  if (options.tracer.isOn) describe(span, operation);
  const startedAt = performance.now();
  const reply = await options.requests.run(scope, (context) =>
    options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers: headersOf(request),
        search: '',
        body: operation,
      },
      context: async () => context,
    }),
  );
  if (reply.body.kind !== 'complete') throw new Error('A subgraph answers in one piece.');
  response.writeHead(reply.status ?? 200, [...reply.headers].flat()).end(reply.body.string);
  if (scope.log.isLevelEnabled('debug')) {
    const { operationName } = (operation ?? {}) as { operationName?: unknown };
    const durationMs = Math.round(performance.now() - startedAt);
    scope.log.debug({ operationName, durationMs }, 'an operation was answered');
  }
}

/** Documents come from the gateway, which begins each with the type of its operation. */
function describe(span: Span, operation: unknown): void {
  const { query, operationName } = (operation ?? {}) as { query?: unknown; operationName?: unknown };
  const type = typeof query === 'string' && query.startsWith('mutation') ? 'mutation' : 'query';
  span.rename(type);
  span.set({
    [Attribute.GRAPHQL_OPERATION_TYPE]: type,
    [Attribute.GRAPHQL_OPERATION_NAME]: typeof operationName === 'string' ? operationName : undefined,
  });
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Not JSON is passed on as it is: Apollo Server words that refusal. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
