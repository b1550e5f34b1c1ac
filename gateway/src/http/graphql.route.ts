import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import {
  CORRELATION_HEADER,
  ErrorCode,
  InvalidAccessToken,
  type Logger,
  VerificationKeysUnavailable,
} from '@supergraph/protocol';
import type { Authenticate } from '../identity/authentication.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import { isNestedTooDeep, NESTED_TOO_DEEP } from '../limits/nesting.ts';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';
import { answerError } from './error.answer.ts';
import { HttpRequestContext } from './http-request.context.ts';
import { readJsonBody, RequestAborted, UnacceptableBody } from './request-body.ts';

/** The only headers Apollo Server looks at: for the media type of the answer, and to keep forged requests out. */
const HEADERS_OF_APOLLO = ['accept', 'content-type', 'x-apollo-operation-name', 'apollo-require-preflight'];

export interface GraphqlRouteParts {
  readonly apollo: ApolloServer<RequestContext>;
  readonly authenticate: Authenticate;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
}

/** Answers GraphQL over HTTP. */
export class GraphqlRoute {
  readonly #parts: GraphqlRouteParts;

  constructor(parts: GraphqlRouteParts) {
    this.#parts = parts;
  }

  /** Never rejects: whatever happens ends as an answer, or as nothing when the client has left. */
  async serve(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    const startedAt = performance.now();
    const context = new HttpRequestContext(request, this.#parts.settings.trustedProxies, this.#parts.logger);
    response.setHeader(CORRELATION_HEADER, context.correlationId);
    try {
      context.claims = await this.#parts.authenticate(context.authorization);
      await this.#execute(request, response, search, context);
    } catch (error) {
      this.#refuse(request, response, context, error as Error);
    }
    this.#parts.metrics.requestEnded(response.statusCode, performance.now() - startedAt);
  }

  async #execute(
    request: IncomingMessage,
    response: ServerResponse,
    search: string,
    context: HttpRequestContext,
  ): Promise<void> {
    const body =
      request.method === 'POST' ? await readJsonBody(request, this.#parts.settings.requestBodyLimit) : undefined;
    if (isNestedTooDeep(documentOf(body, search))) throw new UnacceptableBody(400, NESTED_TOO_DEEP);
    const headers = new HeaderMap();
    for (const name of HEADERS_OF_APOLLO) {
      const value = request.headers[name];
      if (value !== undefined) headers.set(name, String(value));
    }
    const answer = await this.#parts.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'GET', headers, search, body },
      context: async () => context,
    });
    if (response.destroyed) return;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    if (answer.body.kind === 'chunked') {
      for await (const chunk of answer.body.asyncIterator) response.write(chunk);
      response.end();
      return;
    }
    response.setHeader('content-length', Buffer.byteLength(answer.body.string));
    response.end(answer.body.string);
  }

  #refuse(request: IncomingMessage, response: ServerResponse, context: RequestContext, error: Error): void {
    if (error instanceof RequestAborted) {
      context.logger.debug({ err: error }, 'A client left');
      return;
    }
    // What is left of a body that nobody reads would be taken for the next request on this connection.
    if (!request.complete) response.setHeader('connection', 'close');
    if (error instanceof InvalidAccessToken) {
      context.logger.info({ reason: error.message }, 'An access token was refused');
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      this.#answer(response, 401, ErrorCode.UNAUTHENTICATED, 'The access token is not valid');
    } else if (error instanceof VerificationKeysUnavailable) {
      context.logger.error({ err: error }, 'Access tokens cannot be verified');
      response.setHeader('retry-after', '1');
      this.#answer(response, 503, ErrorCode.SUBGRAPH_UNAVAILABLE, 'Access tokens cannot be verified right now');
    } else if (error instanceof UnacceptableBody) {
      this.#answer(response, error.status, ErrorCode.BAD_REQUEST, error.message);
    } else {
      context.logger.error({ err: error }, 'A request failed');
      const { correlationId } = context;
      this.#answer(response, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Internal server error', { correlationId });
    }
  }

  #answer(response: ServerResponse, status: number, code: ErrorCode, message: string, extensions?: object): void {
    this.#parts.metrics.errorSent(code);
    answerError(response, status, code, message, { ...extensions });
  }
}

/** The document of a request, as far as there is one: whatever else is wrong is for Apollo Server to say. */
function documentOf(body: unknown, search: string): string {
  const query =
    body === undefined ? new URLSearchParams(search).get('query') : (body as { query?: unknown } | null)?.query;
  return typeof query === 'string' ? query : '';
}
