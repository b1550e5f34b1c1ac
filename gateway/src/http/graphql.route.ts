import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import {
  CORRELATION_HEADER,
  ErrorCode,
  type ErrorDetails,
  InvalidAccessToken,
  type Logger,
  VerificationKeysUnavailable,
} from '@supergraph/protocol';
import type { Authenticate } from '../identity/authentication.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { DocumentResolver } from '../documents/document.resolver.ts';
import type { OperationGuard } from '../guard/operation.guard.ts';
import type { OperationObserver } from '../observation/operation.observer.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import { Refusal } from '../guard/refusal.ts';
import type { Overload } from '../overload/overload.ts';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';
import { AnswerWriter } from './answer.writer.ts';
import type { CorsPolicy } from './cors.ts';
import { refuseForgery } from './csrf.ts';
import { departureFrom } from './departure.ts';
import { documentsOf, withDocuments } from './document-parameters.ts';
import { answerError } from './error.answer.ts';
import { forgetBody } from './forget-body.ts';
import { HttpRequestContext } from './http-request.context.ts';
import { OperationTimeout, withinTime } from './operation-timeout.ts';
import { passCookies } from './pass-cookies.ts';
import { readJsonBody, RequestAborted, UnacceptableBody } from './request-body.ts';
import { refuseForm } from './request-form.ts';

export interface GraphqlRouteParts {
  readonly apollo: ApolloServer<RequestContext>;
  readonly authenticate: Authenticate;
  readonly guard: OperationGuard;
  readonly documents: DocumentResolver;
  readonly refusals: RefusalLog;
  readonly cors: CorsPolicy;
  readonly overload: Overload;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly observer: OperationObserver;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The query of the address, with its question mark. */
  readonly search: string;
  readonly context: HttpRequestContext;
  readonly departure: AbortController;
}

/** Answers GraphQL over HTTP. */
export class GraphqlRoute {
  readonly #parts: GraphqlRouteParts;
  readonly #writer: AnswerWriter;

  constructor(parts: GraphqlRouteParts) {
    this.#parts = parts;
    this.#writer = new AnswerWriter(parts.settings);
  }

  /** Never rejects: whatever happens ends as an answer, or as nothing when the client has left. */
  async serve(request: IncomingMessage, response: ServerResponse, search: string): Promise<void> {
    const { settings, logger, observer, metrics, overload } = this.#parts;
    const held = overload.held.open();
    response.once('close', () => held.close());
    const departure = departureFrom(response);
    const { signal } = departure;
    const context = new HttpRequestContext(request, { settings, logger, observer, departure: signal, held });
    response.setHeader(CORRELATION_HEADER, context.correlationId);
    try {
      overload.check();
      refuseForm(request);
      refuseForgery(request, this.#parts.cors);
      await this.#receive(response, context);
      await this.#execute({ request, response, search, context, departure });
    } catch (error) {
      this.#refuse(request, response, context, error as Error);
    }
    metrics.requestEnded(response.statusCode, performance.now() - context.record.startedAt);
    observer.ended(context.record, response.statusCode);
  }

  async #receive(response: ServerResponse, context: HttpRequestContext): Promise<void> {
    try {
      context.claims = await this.#parts.authenticate(context.authorization);
    } finally {
      // One whose token does not hold counts for its address: trying tokens is no way around the limit.
      const headers = this.#parts.guard.arrive(context);
      for (const name in headers) response.setHeader(name, headers[name]!);
    }
  }

  async #execute({ request, response, search, context, departure }: Exchange): Promise<void> {
    const { guard, documents, settings, apollo, metrics, overload } = this.#parts;
    const sent = request.method === 'POST' ? await readJsonBody(request, settings) : undefined;
    // The first of a list was counted when it arrived.
    if (Array.isArray(sent) && sent.length > 1) guard.arriveWith(sent.length - 1, context);
    const parameters = withDocuments({ body: sent, search }, (one) => documents.resolve(one, context));
    guard.inspect(documentsOf(parameters), context);
    const headers = new HeaderMap();
    // The only header Apollo Server looks at.
    if (request.headers.accept !== undefined) headers.set('accept', request.headers.accept);
    const execute = () =>
      apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method ?? 'GET', headers, body: undefined, ...parameters },
        context: async () => context,
      });
    const work = overload.run(execute, context.signal);
    const answer = await withinTime(work, settings.operationTimeoutMs, () => departure.abort('the time is up'));
    if (response.destroyed) return;
    if (answer.body.kind === 'chunked') throw new Error('An operation without @defer was answered in parts');
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    const { cookies, freshness } = context.head;
    if (cookies.length > 0) passCookies(response, cookies, settings.passedCookies);
    const bytes = Buffer.byteLength(answer.body.string);
    context.held?.replaceBy(bytes);
    metrics.answered(bytes);
    const isPublic = response.statusCode === 200;
    await this.#writer.write(request, response, answer.body.string, isPublic ? freshness : undefined);
    if (context.held) overload.slowReaders.watch(response, context.held);
  }

  #refuse(request: IncomingMessage, response: ServerResponse, context: RequestContext, error: Error): void {
    if (error instanceof RequestAborted) {
      context.logger.debug({ err: error }, 'A client left');
      return;
    }
    if (!request.complete) forgetBody(request);
    if (error instanceof InvalidAccessToken) {
      this.#parts.refusals.record({ code: ErrorCode.UNAUTHENTICATED, reason: error.message, context });
      response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
      this.#answer(response, 401, ErrorCode.UNAUTHENTICATED, 'The access token is not valid');
    } else if (error instanceof VerificationKeysUnavailable) {
      context.logger.error({ err: error }, 'Access tokens cannot be verified');
      response.setHeader('retry-after', '1');
      this.#answer(response, 503, ErrorCode.SUBGRAPH_UNAVAILABLE, 'Access tokens cannot be verified right now');
    } else if (error instanceof Refusal) {
      if (error.code !== ErrorCode.PERSISTED_QUERY_NOT_FOUND) this.#parts.refusals.recordThrown(error, context);
      const { code, http, ...extensions } = error.extensions as { code: unknown; http: HTTPGraphQLHead };
      for (const [name, value] of http.headers) response.setHeader(name, value);
      this.#answer(response, error.status, error.code, error.message, extensions);
    } else if (error instanceof UnacceptableBody) {
      this.#parts.refusals.record({ code: ErrorCode.BAD_REQUEST, reason: error.message, context });
      this.#answer(response, error.status, ErrorCode.BAD_REQUEST, error.message);
    } else if (error instanceof OperationTimeout) {
      context.logger.warn({ err: error }, 'An operation took too long');
      this.#answer(response, 504, ErrorCode.SUBGRAPH_TIMEOUT, 'The operation took too long');
    } else {
      context.logger.error({ err: error }, 'A request failed');
      const { correlationId } = context;
      this.#answer(response, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Internal server error', { correlationId });
    }
  }

  #answer(response: ServerResponse, status: number, code: ErrorCode, message: string, extensions?: ErrorDetails): void {
    this.#parts.metrics.errorSent(code);
    answerError(response, status, code, message, { ...extensions });
  }
}
