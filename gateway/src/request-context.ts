import type { IncomingHttpHeaders } from 'node:http';
import type { AccessTokenClaims, Logger } from '@supergraph/protocol';

/** What the gateway knows about who asks. Made once per HTTP request, and once per operation on a socket. */
export interface RequestContext {
  /** Ties together everything this request causes. */
  readonly correlationId: string;
  /** The client's `Authorization` header, forwarded to subgraphs as it came. */
  readonly authorization?: string | undefined;
  /** What the token says, verified. Absent for anonymous callers, and when no identity is configured. */
  readonly claims?: AccessTokenClaims | undefined;
  /** The client's address as far as proxies are trusted. */
  readonly clientAddress: string;
  readonly userAgent?: string | undefined;
  readonly acceptLanguage?: string | undefined;
  /** The client's headers, from which the configured ones are forwarded. */
  readonly headers: IncomingHttpHeaders;
  readonly logger: Logger;
  /**
   * Subgraphs that did not answer in time. They are not asked again for this request, or two calls to the same hung
   * subgraph, one after the other, would double the wait.
   */
  readonly unresponsive: Set<string>;
}
