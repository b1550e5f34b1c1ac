import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Asked {
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

/** Somebody on a socket who subscribes to one thing after the other, and keeps what they are told. */
export class Listener {
  /** The data of every event. */
  readonly told: unknown[] = [];
  readonly #client: Client;

  constructor(url: string, authorization: string | undefined) {
    this.#client = createClient({
      ...{ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true },
      ...(authorization && { connectionParams: { authorization } }),
    });
  }

  /** Resolves with the first event, or when there will be none. */
  subscribe({ document: query, variables }: Asked): Promise<void> {
    return new Promise((resolve) => {
      const next = ({ data }: { data?: unknown }): void => {
        this.told.push(data);
        resolve();
      };
      this.#client.subscribe({ query, variables }, { next, error: () => resolve(), complete: resolve });
    });
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
