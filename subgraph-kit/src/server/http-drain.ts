import type { Server, ServerResponse } from 'node:http';

/** How long callers may take to finish before their connections are cut. */
const GRACE_MS = 10_000;

/** Ends an HTTP server without dropping a request, and without waiting for callers that never end. */
export class HttpDrain {
  readonly #server: Server;
  readonly #graceMs: number;
  readonly #open = new Set<ServerResponse>();
  #draining = false;

  constructor(server: Server, graceMs: number = GRACE_MS) {
    this.#server = server;
    this.#graceMs = graceMs;
    server.prependListener('request', (_request, response) => this.#watch(response));
  }

  /** Resolves when nobody is connected any more. */
  async close(): Promise<void> {
    this.#draining = true;
    for (const response of this.#open) response.shouldKeepAlive = false;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const deadline = setTimeout(() => this.#server.closeAllConnections(), this.#graceMs);
    await closed;
    clearTimeout(deadline);
  }

  #watch(response: ServerResponse): void {
    // A caller with requests enough would otherwise keep its connection, and us, for as long as it likes.
    if (this.#draining) response.shouldKeepAlive = false;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }
}
