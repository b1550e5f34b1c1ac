/**
 * Every value `errors[].extensions.code` can take, for the whole graph.
 *
 * The list is closed: a client may switch over it exhaustively. Adding a code is a change of the public contract.
 */
export const ErrorCode = {
  /** No valid access token came with the request. */
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  /** The caller is known and may not do this. Never used for another tenant's row: that is `NOT_FOUND`. */
  FORBIDDEN: 'FORBIDDEN',
  /** Nothing the caller may see has this id. */
  NOT_FOUND: 'NOT_FOUND',
  /** The input breaks a rule; `extensions.fields` lists `{ path, message }`. */
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  /** The state of the graph rules this out, for example an e-mail address already in use. */
  CONFLICT: 'CONFLICT',
  /** Someone else changed the entity since it was read; `extensions.currentVersion` is its version now. */
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  /** The idempotency key was used before with another input. */
  IDEMPOTENCY_CONFLICT: 'IDEMPOTENCY_CONFLICT',
  /** The state machine has no such step; `extensions` carries `from` and `to`. */
  ILLEGAL_TRANSITION: 'ILLEGAL_TRANSITION',
  /** Too many attempts; `extensions.retryAfter` is in seconds. */
  RATE_LIMITED: 'RATE_LIMITED',
  /** The operation asks for more than one request may cost. */
  COST_LIMIT_EXCEEDED: 'COST_LIMIT_EXCEEDED',
  /** The gateway has more to do than it can; `extensions.retryAfter` is in seconds. Nothing was executed. */
  OVERLOADED: 'OVERLOADED',
  /** A back end could not be reached; `extensions.subgraph` names it. */
  SUBGRAPH_UNAVAILABLE: 'SUBGRAPH_UNAVAILABLE',
  /** A back end did not answer in time; `extensions.subgraph` names it, unless the whole operation took too long. */
  SUBGRAPH_TIMEOUT: 'SUBGRAPH_TIMEOUT',
  /** A fault of ours; `extensions.correlationId` finds it in the logs. */
  INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
  /** The document is not GraphQL. */
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  /** The document does not fit the schema. */
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  /** The hash of a document that is not known: send it once together with the document. */
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
  /** The request is not a GraphQL request, or breaks a limit of its form; `extensions.limit` then names the limit. */
  BAD_REQUEST: 'BAD_REQUEST',
} as const;

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

const known: ReadonlySet<string> = new Set(Object.values(ErrorCode));

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && known.has(code);
}
