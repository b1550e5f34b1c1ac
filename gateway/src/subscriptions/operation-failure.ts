import type { GraphQLFormattedError } from 'graphql';

/** An operation that was refused, or is over before its time, with what the client is to be told. */
export class OperationFailure extends Error {
  override readonly name = 'OperationFailure';
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'The operation failed');
    this.errors = errors;
  }
}
