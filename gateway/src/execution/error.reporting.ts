import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { ErrorCode, type Logger } from '@supergraph/protocol';
import type { GraphQLFormattedError } from 'graphql';
import { publicError, publicErrorCode } from '../errors/public-error.ts';
import type { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { RequestContext } from '../request-context.ts';

/** Logs faults of ours in full and those of clients by their code, and lets clients see of both what they may. */
export class ErrorReporting {
  /** Apollo formats an error without saying whose it is, so it is noted here in the moment before. */
  readonly #correlationIds = new WeakMap<object, string>();
  readonly #listener: GraphQLRequestListener<RequestContext>;
  readonly #metrics: GatewayMetrics;
  readonly #suggestions: boolean;
  readonly #logger: Logger;

  constructor(logger: Logger, metrics: GatewayMetrics, suggestions: boolean) {
    this.#logger = logger;
    this.#metrics = metrics;
    this.#suggestions = suggestions;
    this.#listener = {
      didEncounterErrors: async ({ errors, contextValue }) => {
        for (const error of errors) this.#note(error, contextValue);
      },
    };
  }

  get plugin(): ApolloServerPlugin<RequestContext> {
    // One listener for all requests: it holds nothing of any of them.
    return { requestDidStart: async () => this.#listener };
  }

  /** Apollo Server's `formatError`. */
  readonly format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const correlationId = typeof error === 'object' && error ? this.#correlationIds.get(error) : undefined;
    return this.#public(formatted, correlationId);
  };

  /** For errors that do not go through Apollo Server, with the same effect. */
  report(error: GraphQLFormattedError, context: RequestContext): GraphQLFormattedError {
    this.#log(error, context);
    return this.#public(error, context.correlationId);
  }

  #note(error: Error & GraphQLFormattedError, context: RequestContext): void {
    this.#correlationIds.set(error, context.correlationId);
    this.#log(error, context);
  }

  #log(error: GraphQLFormattedError, context: RequestContext): void {
    context.record.errors += 1;
    const code = publicErrorCode(error);
    if (code === ErrorCode.INTERNAL_SERVER_ERROR) context.logger.error({ err: error }, 'A request failed');
    else if (this.#logger.isLevelEnabled('debug')) {
      // Without the message: it may quote what the client sent, and that may be a password.
      context.logger.debug({ code, path: error.path }, 'A request had an error');
    }
  }

  #public(error: GraphQLFormattedError, correlationId: string | undefined): GraphQLFormattedError {
    this.#metrics.errorSent(publicErrorCode(error));
    return publicError(error, { correlationId, suggestions: this.#suggestions });
  }
}
