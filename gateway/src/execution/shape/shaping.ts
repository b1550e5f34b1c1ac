import { GraphQLError } from 'graphql';

/** What shaping one answer knows besides the value in hand. */
export class Shaping {
  /**
   * Where we are. Shapes write into it at their own, fixed depth and never take anything off, so only what is above the
   * depth of the one who asks means anything.
   */
  readonly path: (string | number)[] = [];
  readonly errors: GraphQLError[] = [];

  /** Notes that the value at the current path, `length` elements long, is not what the schema says. */
  report(message: string, length: number): void {
    const path = this.path.slice(0, length);
    this.errors.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }));
  }
}

/**
 * Completes a value that is neither null nor missing.
 *
 * Returns null for a null that is still to be reported if the schema does not allow it, and `undefined` for one whose
 * reason has been reported.
 */
export type Shape = (value: unknown, shaping: Shaping) => unknown;
