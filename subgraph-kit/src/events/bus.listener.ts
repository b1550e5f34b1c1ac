import type { Logger } from '@supergraph/protocol';
import pg from 'pg';

export interface BusListenerOptions {
  /** Connects as the subgraph's role. */
  readonly url: string;
  readonly subgraph: string;
  readonly log: Logger;
  /** Called when something may be waiting: at a notification, and after each (re)connection. */
  readonly onWake: () => void;
}

const FIRST_RECONNECT_MS = 100;
const LAST_RECONNECT_MS = 5_000;

/** One connection that listens on the bus, and comes back when it is lost. */
export class BusListener {
  readonly #options: BusListenerOptions;
  #client: pg.Client | undefined;
  #reconnection: NodeJS.Timeout | undefined;
  #failures = 0;
  /** One statement at a time: a client refuses a second one meanwhile. */
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: BusListenerOptions) {
    this.#options = options;
  }

  /** Connects once; after this, losses are made good in the background. Throws when the first attempt fails. */
  async start(): Promise<void> {
    await this.#connect();
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  /** Runs a statement by itself, committed at once. Throws while the connection is away. */
  execute(text: string, values: unknown[]): Promise<void> {
    const turn = this.#executeAfter(this.#turn, text, values);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #executeAfter(before: Promise<void>, text: string, values: unknown[]): Promise<void> {
    await before;
    if (!this.#client) throw new Error('The connection to the bus is away.');
    await this.#client.query(text, values);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reconnection);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: `${this.#options.subgraph} bus`,
      keepAlive: true,
      query_timeout: 5_000,
    });
    client.on('notification', ({ payload }) => {
      if (payload === this.#options.subgraph) this.#options.onWake();
    });
    client.on('error', (error) => this.#lose(client, error));
    client.on('end', () => this.#lose(client));
    try {
      await client.connect();
      await client.query('listen bus');
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    if (this.#stopped) return client.end();
    this.#client = client;
    this.#failures = 0;
    // Whatever was announced while nobody listened.
    this.#options.onWake();
  }

  #lose(client: pg.Client, error?: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#options.log.warn({ err: error }, 'lost the connection to the bus; polling until it is back');
    void client.end().catch(() => {});
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#stopped) return;
    const delay = Math.min(LAST_RECONNECT_MS, FIRST_RECONNECT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#reconnection = setTimeout(() => {
      this.#connect().catch((error: unknown) => {
        this.#options.log.warn({ err: error }, 'the bus cannot be reached');
        this.#reconnectLater();
      });
    }, delay);
  }
}
