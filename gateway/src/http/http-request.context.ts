import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type AccessTokenClaims, acceptCorrelationId, CORRELATION_HEADER, type Logger } from '@supergraph/protocol';
import { TRACE_CONTEXT_HEADER } from '@supergraph/telemetry';
import type { OperationObserver } from '../observation/operation.observer.ts';
import type { OperationRecord } from '../observation/operation.record.ts';
import type { BytesAccount } from '../overload/held-bytes.ts';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';
import { AnswerHead } from './answer.head.ts';
import { clientAddress } from './client-address.ts';

export interface HttpRequestParts {
  readonly settings: Pick<GatewaySettings, 'trustedProxies'>;
  readonly logger: Logger;
  readonly observer: OperationObserver;
  /** Aborts when the client leaves before it has its answer. */
  readonly departure: AbortSignal;
  readonly held: BytesAccount;
}

/** The context of an HTTP request. Apollo Server copies it property by property, so none of them may be private. */
export class HttpRequestContext implements RequestContext {
  readonly correlationId: string;
  readonly authorization: string | undefined;
  readonly clientAddress: string;
  readonly userAgent: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly unresponsive = new Set<string>();
  readonly head = new AnswerHead();
  offeredDocuments: Map<string, string> | undefined;
  readonly spent = { cost: 0 };
  claims: AccessTokenClaims | undefined;
  readonly processLogger: Logger;
  readonly record: OperationRecord;
  readonly signal: AbortSignal | undefined;
  readonly held: BytesAccount | undefined;

  constructor(request: IncomingMessage, { settings, logger, observer, departure, held }: HttpRequestParts) {
    const { headers } = request;
    this.correlationId = acceptCorrelationId(headers[CORRELATION_HEADER]) ?? randomUUID();
    this.authorization = headers.authorization;
    this.clientAddress = clientAddress(request, settings.trustedProxies);
    this.userAgent = headers['user-agent'];
    this.acceptLanguage = headers['accept-language'];
    this.headers = headers;
    this.processLogger = logger;
    this.record = observer.begin(this.correlationId, headers[TRACE_CONTEXT_HEADER]);
    this.signal = departure;
    this.held = held;
  }

  /** Made when there is something to log: most requests have nothing to say, and a child logger is not free. */
  get logger(): Logger {
    return this.processLogger.child({ correlationId: this.correlationId });
  }
}
