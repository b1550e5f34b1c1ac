import { type Dispatcher, Pool } from 'undici';
import type { GatewaySettings } from '../settings.ts';

/** Operations that were planned on the graph before finish with its addresses. */
const RETIREMENT_MS = 30_000;

/** Keep-alive connections, one pool per origin, so that subgraphs behind one address share theirs. */
export class SubgraphPools {
  readonly #settings: GatewaySettings;
  readonly #pools = new Map<string, Pool>();
  readonly #retired = new Set<Pool>();

  constructor(settings: GatewaySettings) {
    this.#settings = settings;
  }

  /** The pool for an address, opened when first asked for. It connects with the first call, not before. */
  forUrl(url: string): Dispatcher {
    const { origin } = new URL(url);
    let pool = this.#pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connections: this.#settings.subgraphConnections,
        maxResponseSize: this.#settings.subgraphAnswerLimit,
        // HTTP/2 brought nothing between processes that sit next to each other.
        allowH2: false,
        // The exchange keeps the time.
        headersTimeout: 0,
        bodyTimeout: 0,
        connectTimeout: Math.max(this.#settings.subgraphTimeoutMs, ...Object.values(this.#settings.subgraphTimeouts)),
      });
      this.#pools.set(origin, pool);
    }
    return pool;
  }

  /** Lets go of origins that no address leads to any more, once calls to them have had their time. */
  keepOnly(urls: Iterable<string>): void {
    const wanted = new Set([...urls].map((url) => new URL(url).origin));
    for (const [origin, pool] of this.#pools) {
      if (wanted.has(origin)) continue;
      this.#pools.delete(origin);
      this.#retired.add(pool);
      setTimeout(() => void this.#close(pool), RETIREMENT_MS).unref();
    }
  }

  /** Ends everything at once. */
  async destroy(): Promise<void> {
    const pools = [...this.#pools.values(), ...this.#retired];
    this.#pools.clear();
    this.#retired.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  async #close(pool: Pool): Promise<void> {
    if (this.#retired.delete(pool)) await pool.close();
  }
}
