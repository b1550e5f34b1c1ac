import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type AccessTokenClaims, acceptCorrelationId, CORRELATION_HEADER, type Logger } from '@supergraph/protocol';
import type { RequestContext } from '../request-context.ts';
import { clientAddress } from './client-address.ts';

/** The context of an HTTP request. Apollo Server copies it property by property, so none of them may be private. */
export class HttpRequestContext implements RequestContext {
  readonly correlationId: string;
  readonly authorization: string | undefined;
  readonly clientAddress: string;
  readonly userAgent: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly unresponsive = new Set<string>();
  claims: AccessTokenClaims | undefined;
  readonly processLogger: Logger;

  constructor(request: IncomingMessage, trustedProxies: number, processLogger: Logger) {
    const { headers } = request;
    this.correlationId = acceptCorrelationId(headers[CORRELATION_HEADER]) ?? randomUUID();
    this.authorization = headers.authorization;
    this.clientAddress = clientAddress(request, trustedProxies);
    this.userAgent = headers['user-agent'];
    this.acceptLanguage = headers['accept-language'];
    this.headers = headers;
    this.processLogger = processLogger;
  }

  /** Made when there is something to log: most requests have nothing to say, and a child logger is not free. */
  get logger(): Logger {
    return this.processLogger.child({ correlationId: this.correlationId });
  }
}
