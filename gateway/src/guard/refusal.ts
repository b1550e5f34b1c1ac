import { HeaderMap } from '@apollo/server';
import type { ErrorCode, ErrorDetails } from '@supergraph/protocol';
import { GraphQLError } from 'graphql';

export interface RefusalDetails {
  /** The HTTP status, where HTTP is what it came over. */
  readonly status: number;
  /** What a client may know besides the code, such as `retryAfter`. */
  readonly extensions?: ErrorDetails | undefined;
  /** HTTP headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The guard does not let an operation through. Thrown before anything of it is executed, so that whoever gets it knows
 * that nothing has happened.
 */
export class Refusal extends GraphQLError {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, message: string, { status, extensions, headers = {} }: RefusalDetails) {
    // Apollo Server takes the status and headers from here and removes them before clients see the error.
    const http = { status, headers: new HeaderMap(Object.entries(headers)) };
    super(message, { extensions: { ...extensions, code, http } });
    this.code = code;
    this.status = status;
  }
}
