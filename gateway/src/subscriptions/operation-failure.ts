import type { GraphQLFormattedError } from 'graphql';

/** An operation that was refused, or is over before its time. The errors are fit for the eyes of the client. */
export class OperationFailure extends Error {
  override readonly name = 'OperationFailure';
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'The operation failed');
    this.errors = errors;
  }
}
