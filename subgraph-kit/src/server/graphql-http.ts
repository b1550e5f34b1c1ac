import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import {
  CLIENT_ADDRESS_HEADER,
  type Clock,
  CORRELATION_HEADER,
  SIGNATURE_HEADER,
  verifyCall,
} from '@supergraph/protocol';
import { DomainError } from '../errors/domain.error.ts';
import { BodyTooLarge, headerOf, readBody, respondRefusal } from './http-exchange.ts';
import type { CallDetails, RequestRunner } from './request-runner.ts';

/** The gateway has already bounded what clients send; this only keeps a fault of ours from filling the memory. */
const BODY_LIMIT = 16 * 1024 * 1024;

export interface GraphqlHttpOptions<Services, Context extends object> {
  readonly apollo: ApolloServer<Context>;
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly requests: RequestRunner<Services, Context>;
}

/** Answers `POST /graphql` for the gateway, and for nobody else. */
export function graphqlHttp<Services, Context extends object>(options: GraphqlHttpOptions<Services, Context>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body: string;
    try {
      body = await readBody(request, BODY_LIMIT);
    } catch (error) {
      if (!(error instanceof BodyTooLarge) || !request.complete) return void response.destroy();
      return respondRefusal(response, 413, 'BAD_REQUEST', 'The body is too large.');
    }
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
    try {
      await answer(options, request, response, body, authorization);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      respondRefusal(response, 200, error.code, error.message);
    }
  };
}

async function answer<Services, Context extends object>(
  options: GraphqlHttpOptions<Services, Context>,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  authorization: string | undefined,
): Promise<void> {
  const call: CallDetails = {
    authorization,
    correlationId: headerOf(request, CORRELATION_HEADER),
    clientAddress: headerOf(request, CLIENT_ADDRESS_HEADER),
    userAgent: headerOf(request, 'user-agent'),
    acceptLanguage: headerOf(request, 'accept-language'),
  };
  const scope = await options.requests.identify(call);
  const reply = await options.requests.run(scope, (context) =>
    options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers: headersOf(request),
        search: '',
        body: parse(body),
      },
      context: async () => context,
    }),
  );
  if (reply.body.kind !== 'complete') throw new Error('A subgraph answers in one piece.');
  response.writeHead(reply.status ?? 200, [...reply.headers].flat()).end(reply.body.string);
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
