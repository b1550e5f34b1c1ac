import { createClient, type Client, type SubscribePayload } from 'graphql-ws';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';

/** A client as applications use it. Does not reconnect by itself. */
export function connect(url: string, connectionParams?: Record<string, unknown>): Client {
  return createClient({ url, connectionParams, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
}

/** One subscription of a client, read event by event. */
export class Subscriber {
  readonly #results: AsyncIterableIterator<FormattedExecutionResult>;

  constructor(client: Client, query: string, variables?: Record<string, unknown>) {
    const payload: SubscribePayload = { query, ...(variables && { variables }) };
    this.#results = client.iterate(payload) as AsyncIterableIterator<FormattedExecutionResult>;
  }

  /** The next result, or `undefined` when the server has completed. Rejects with the errors of an `error` message. */
  async next(): Promise<FormattedExecutionResult | undefined> {
    const { value, done } = await this.#results.next();
    return done ? undefined : value;
  }

  /** The errors this subscription ends with; fails when there is a result instead. */
  async errors(): Promise<readonly GraphQLFormattedError[]> {
    const outcome = await this.next().catch((errors: readonly GraphQLFormattedError[]) => errors);
    if (!Array.isArray(outcome)) throw new Error(`Expected errors, got ${JSON.stringify(outcome)}`);
    return outcome;
  }

  async cancel(): Promise<void> {
    await this.#results.return!();
  }
}
