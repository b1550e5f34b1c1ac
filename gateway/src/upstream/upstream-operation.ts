import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

/** A subscription as a subgraph gets it. */
export interface UpstreamOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Asked again whenever the operation is sent, because a token may have been refreshed before a reconnect. */
  extensions(): Readonly<Record<string, unknown>>;
}

/** Takes what a subgraph sends for one subscription. Called synchronously; it must not block and must not throw. */
export interface UpstreamSubscriber {
  /** `result` was parsed for this subscriber alone, so it may keep and change it. `bytes` is the size of its frame. */
  next(result: FormattedExecutionResult, bytes: number): void;
  /** The subscription has failed and is over. */
  error(errors: readonly GraphQLFormattedError[]): void;
  /** The subgraph has ended the subscription. */
  complete(): void;
}

/** The errors of a subgraph that has been away for too long. */
export function subgraphUnavailable(subgraph: string): readonly GraphQLFormattedError[] {
  return [
    {
      message: `Subgraph '${subgraph}' is unavailable`,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
    },
  ];
}
