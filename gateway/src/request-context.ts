import type { IncomingHttpHeaders } from 'node:http';
import type { AccessTokenClaims, Logger } from '@supergraph/protocol';
import type { OperationRecord } from './observation/operation.record.ts';
import type { BytesAccount } from './overload/held-bytes.ts';
import type { AnswerHead } from './http/answer.head.ts';

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
  /** What is found out about the operation on its way. */
  readonly record: OperationRecord;
  /**
   * Subgraphs that did not answer in time. They are not asked again for this request, or two calls to the same hung
   * subgraph, one after the other, would double the wait.
   */
  readonly unresponsive: Set<string>;
  /** Aborted when whoever asked has left. Absent where nobody can leave. */
  readonly signal?: AbortSignal | undefined;
  /** Documents by their SHA-256, which the client wants to be remembered once they have proved good. */
  offeredDocuments?: Map<string, string> | undefined;
  /** What its operations cost so far: of a request with several of them, all together. */
  readonly spent: { cost: number };
  /** What is held of subgraphs' answers for this request counts here. Absent where nothing is counted. */
  readonly held?: BytesAccount | undefined;
  /** Where to note what the head of the answer needs. Absent where there is none: on a socket. */
  readonly head?: AnswerHead | undefined;
}
