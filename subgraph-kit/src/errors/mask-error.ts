import { ErrorCode, isErrorCode, type Logger } from '@supergraph/protocol';
import { DriverException, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError } from './domain.error.ts';
import { isRefusedLiteral } from './refused-literal.ts';

/** Apollo Server's codes for a request that cannot be run; none of the closed list. */
const NOT_A_REQUEST: ReadonlySet<unknown> = new Set([
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What a client gets to see of an error. What is not meant for it becomes a code and a correlation id, and is logged. */
export function maskError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  request: { correlationId: string; log: Logger },
): GraphQLFormattedError {
  const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  const expected = translate(cause);
  if (expected) return { ...formatted, message: expected.message, extensions: { ...expected.extensions } };
  const code = formatted.extensions?.code;
  const ours = cause instanceof GraphQLError;
  if (code === ErrorCode.GRAPHQL_VALIDATION_FAILED && isRefusedLiteral(thrown as GraphQLError)) {
    return { ...formatted, extensions: { code: ErrorCode.BAD_USER_INPUT } };
  }
  if (ours && isErrorCode(code) && code !== ErrorCode.INTERNAL_SERVER_ERROR) {
    return { ...formatted, extensions: { code } };
  }
  if (ours && NOT_A_REQUEST.has(code)) return { ...formatted, extensions: { code: ErrorCode.BAD_REQUEST } };
  request.log.error({ err: cause, correlationId: request.correlationId, path: formatted.path }, 'unexpected error');
  return {
    message: 'Something went wrong on our side.',
    locations: formatted.locations,
    path: formatted.path,
    extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR, correlationId: request.correlationId },
  };
}

function translate(cause: unknown): DomainError | undefined {
  if (cause instanceof DomainError) return cause;
  // The last line of defence: two callers passed every check at the same time, and the database kept its invariant.
  if (cause instanceof UniqueConstraintViolationException) {
    return new DomainError(ErrorCode.CONFLICT, 'Someone else did this at the same time.');
  }
  if (cause instanceof OptimisticLockError) {
    return new DomainError(ErrorCode.VERSION_CONFLICT, 'This was changed by someone else. Read it again.');
  }
  if (cause instanceof DriverException && isMalformedId(cause))
    return new DomainError(ErrorCode.NOT_FOUND, 'Nothing has this id.');
  return undefined;
}

/** An id that is no UUID names nothing; that it got as far as the database is no fault worth reporting. */
function isMalformedId(error: DriverException): boolean {
  return error.code === '22P02' && error.message.includes('type uuid');
}
