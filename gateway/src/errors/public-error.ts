import { ErrorCode, isErrorCode, toldExtensions } from '@supergraph/protocol';
import type { GraphQLFormattedError } from 'graphql';

/** Codes of our libraries that say in their words what our closed list says in ours. */
const TRANSLATED: ReadonlyMap<unknown, ErrorCode> = new Map([
  ['OPERATION_RESOLUTION_FAILURE', ErrorCode.BAD_REQUEST],
  ['PERSISTED_QUERY_NOT_SUPPORTED', ErrorCode.BAD_REQUEST],
]);

/** What a subgraph can only say of a document that we wrote: the fault is then ours, not the client's. */
const FAULTS_OF_OURS: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.BAD_REQUEST,
  ErrorCode.GRAPHQL_PARSE_FAILED,
  ErrorCode.GRAPHQL_VALIDATION_FAILED,
]);

/** In characters. A message may quote what the client sent, and that may be a megabyte. */
const MAX_MESSAGE_LENGTH = 1_000;

export interface ErrorVisibility {
  readonly correlationId?: string | undefined;
  /** Whether a message may name parts of the schema that the client did not name itself. */
  readonly suggestions: boolean;
}

/** The code a client gets for this error: one of the closed list, whatever the error says of itself. */
export function publicErrorCode(error: GraphQLFormattedError): ErrorCode {
  const claimed = error.extensions?.code;
  const code = isErrorCode(claimed) ? claimed : (TRANSLATED.get(claimed) ?? ErrorCode.INTERNAL_SERVER_ERROR);
  const isFromSubgraph = error.extensions?.serviceName !== undefined;
  return isFromSubgraph && FAULTS_OF_OURS.has(code) ? ErrorCode.INTERNAL_SERVER_ERROR : code;
}

/** Turns any error into what a client may see of it: a code of the closed list, and nothing of our insides. */
export function publicError(error: GraphQLFormattedError, visibility: ErrorVisibility): GraphQLFormattedError {
  const code = publicErrorCode(error);
  const { message, locations, path } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (code === ErrorCode.INTERNAL_SERVER_ERROR) {
    const { correlationId } = visibility;
    // The one that another process logged it under is the same: it goes along with the call.
    return {
      message: 'Internal server error',
      ...place,
      extensions: { code, ...(correlationId && { correlationId }) },
    };
  }
  const told = visibility.suggestions ? message : withoutSuggestion(message);
  return { message: shortened(told), ...place, extensions: { ...toldExtensions(error.extensions), code } };
}

/** Keeps both ends: what was quoted stands between what it is and what is wrong with it. */
function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) return message;
  const half = MAX_MESSAGE_LENGTH / 2;
  return `${message.slice(0, half)} … ${message.slice(-half)}`.toWellFormed();
}

/** graphql-js ends many messages with names from the schema, which would make introspection of every typing error. */
function withoutSuggestion(message: string): string {
  return message.replace(/ ?Did you mean .*\?/s, '');
}
