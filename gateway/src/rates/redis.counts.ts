import type { Logger } from '@supergraph/protocol';
import { createClient, defineScript } from 'redis';
import { CircuitBreaker, REFUSED } from '../transport/circuit-breaker.ts';
import { addScript, takeScript } from './count.scripts.ts';
import type { Shortage, Take } from './limit.ts';

/** How long nobody waits for Redis once most calls of a fifth of a second have failed. */
const ABSENCE_MS = 1_000;
const CIRCUIT = { windowMs: 200, minimumCalls: 3, failureRate: 0.5, openMs: ABSENCE_MS };

const MAX_PAUSE_MS = 2_000;

/** How long a gateway that starts waits for Redis, so that its first requests are counted with everybody's. */
const WELCOME_MS = 500;

export interface RedisCountsOptions {
  readonly url: string;
  readonly keyPrefix: string;
  /** The longest a request waits for Redis before it goes on without, in milliseconds. */
  readonly timeoutMs: number;
  readonly log: Logger;
}

type Client = ReturnType<typeof connectTo>;

/**
 * Counts for all gateways, in Redis. Whoever asks has to look first whether it {@link isAway}, and has to be prepared for
 * calls to fail all the same: then it is only just going.
 */
export class RedisCounts {
  readonly #client: Client;
  readonly #log: Logger;
  readonly #circuit: CircuitBreaker;
  readonly #timeoutMs: number;
  #toldAway = false;
  #closed = false;
  #probe: NodeJS.Timeout | undefined;

  private constructor({ url, keyPrefix, timeoutMs, log }: RedisCountsOptions) {
    this.#log = log;
    this.#timeoutMs = timeoutMs;
    this.#client = connectTo(url, keyPrefix, (retries) => this.#pause(retries));
    this.#client.on('error', (error: Error) => this.#look(error));
    this.#client.on('ready', () => (this.#closed ? this.#client.destroy() : this.#look()));
    this.#circuit = new CircuitBreaker(CIRCUIT, (state) => {
      this.#look();
      // Or the next request would be the one that waits to find out.
      if (state === 'open') this.#probe = setTimeout(() => this.#ping(), ABSENCE_MS + 10).unref();
    });
  }

  /** Connects, but does not wait long for it: Redis may come later, and come back whenever it was away. */
  static async connect(options: RedisCountsOptions): Promise<RedisCounts> {
    const counts = new RedisCounts(options);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, WELCOME_MS)));
    await Promise.race([counts.#client.connect().catch((error: Error) => counts.#look(error)), patience]);
    clearTimeout(timer);
    return counts;
  }

  get isAway(): boolean {
    return !this.#client.isReady || this.#circuit.state !== 'closed';
  }

  /** Takes all of them, or none and says which limit has the longest wait. One round trip, however many they are. */
  async take(takes: readonly Take[]): Promise<Shortage | undefined> {
    const [worst = 0, waitMs = 0] = await this.#ask(() => this.#client.take(takes));
    return worst === 0 ? undefined : { limit: takes[worst - 1]!.limit, waitMs };
  }

  /** Counts what was let through. Returns for each how long until there is room for one more unit, in milliseconds. */
  async add(takes: readonly Take[]): Promise<readonly number[]> {
    return this.#ask(() => this.#client.add(takes));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#probe);
    // One that is connecting gives up by itself, or lets go once it is connected: destroyed now, it would connect still.
    if (this.#client.isReady) this.#client.destroy();
  }

  async #ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const passage = this.#circuit.enter();
    if (passage === REFUSED) throw new Error('Redis is away');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = (): void => reject(new Error('Redis did not answer in time'));
      // Not at once: when it was this process that stood still, the answer is there and only has to be read.
      timer = setTimeout(() => setImmediate(giveUp), this.#timeoutMs);
    });
    try {
      const answer = await Promise.race([call(), late]);
      this.#circuit.succeeded(passage);
      return answer;
    } catch (error) {
      this.#circuit.failed(passage);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #ping(): void {
    this.#ask(() => this.#client.ping()).catch(() => {});
  }

  #pause(retries: number): number | false {
    return this.#closed ? false : Math.min(50 * 2 ** retries, MAX_PAUSE_MS) * (0.5 + Math.random() / 2);
  }

  /** Says so once when Redis has gone, and once when it is back: reconnecting fails several times a second. */
  #look(error?: Error): void {
    if (this.#closed || this.isAway === this.#toldAway) return;
    this.#toldAway = this.isAway;
    if (this.#toldAway)
      this.#log.warn({ ...(error && { err: error }) }, 'Redis is away: each gateway counts for itself');
    else this.#log.info('Redis is back: rates are counted for all gateways together');
  }
}

function connectTo(url: string, keyPrefix: string, reconnectStrategy: (retries: number) => number | false) {
  return createClient({
    url,
    keyPrefix,
    socket: { reconnectStrategy },
    // Without a queue: whoever asks now cannot wait until it is back.
    disableOfflineQueue: true,
    pingInterval: 10_000,
    scripts: { take: defineScript(takeScript), add: defineScript(addScript) },
  });
}
