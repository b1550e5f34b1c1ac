import { ErrorCode, type ErrorDetails } from '@supergraph/protocol';
import { GraphQLError } from 'graphql';

/** What is wrong with one field of an input: where, as a dotted path into the input, and why. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** An error that a client is meant to see. Everything else that is thrown reaches it as `INTERNAL_SERVER_ERROR`. */
export class DomainError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, extensions: ErrorDetails = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.code = code;
  }
}

export const unauthenticated = (message = 'Sign in first.') => new DomainError(ErrorCode.UNAUTHENTICATED, message);

export const forbidden = (message = 'You may not do this.') => new DomainError(ErrorCode.FORBIDDEN, message);

/** Also for what exists but belongs to another tenant: the caller must not learn the difference. */
export const notFound = (noun: string) => new DomainError(ErrorCode.NOT_FOUND, `${noun} not found.`);

/** More than anybody reads. A list of ten thousand wrong items has as many problems. */
const MAX_PROBLEMS = 50;

export const badUserInput = (problems: readonly FieldProblem[], message?: string) => {
  const fields = problems.slice(0, MAX_PROBLEMS);
  return new DomainError(ErrorCode.BAD_USER_INPUT, message ?? fields.map((field) => field.message).join(' '), {
    fields,
  });
};

export const conflict = (message: string, extensions: ErrorDetails = {}) =>
  new DomainError(ErrorCode.CONFLICT, message, extensions);

export const versionConflict = (noun: string, currentVersion?: number) =>
  new DomainError(ErrorCode.VERSION_CONFLICT, `${noun} was changed by someone else. Read it again.`, {
    currentVersion,
  });

export const idempotencyConflict = () =>
  new DomainError(ErrorCode.IDEMPOTENCY_CONFLICT, 'This idempotency key was used before with another input.');

export const illegalTransition = (noun: string, from: string, to: string) =>
  new DomainError(ErrorCode.ILLEGAL_TRANSITION, `${noun} cannot go from ${from} to ${to}.`, { from, to });

/** @param retryAfter seconds until another attempt can succeed */
export const rateLimited = (retryAfter: number) =>
  new DomainError(ErrorCode.RATE_LIMITED, `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter });
