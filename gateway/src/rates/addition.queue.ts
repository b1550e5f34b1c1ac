import type { Take } from './limit.ts';
import type { RedisCounts } from './redis.counts.ts';

/** How long what was let through may wait until the other gateways learn of it. */
const DELAY_MS = 50;

/** Keys for one call. More would keep Redis from others for too long. */
const BATCH = 200;

/** Keys that may wait. More than that in so short a time are not worth their memory: they are counted here in any case. */
const CAPACITY = 20_000;

/**
 * Tells Redis of what was counted here, many requests in one call, without any of them having to wait.
 *
 * That costs exactness: of one caller who comes through several gateways within the delay, each of them may let through
 * up to the whole limit.
 */
export class AdditionQueue {
  readonly #redis: RedisCounts;
  readonly #full: (take: Take, waitMs: number) => void;
  #waiting = new Map<string, Take>();
  #timer: NodeJS.Timeout | undefined;

  /** @param full is told of each key that has no room left among all gateways, and for how long */
  constructor(redis: RedisCounts, full: (take: Take, waitMs: number) => void) {
    this.#redis = redis;
    this.#full = full;
  }

  add(take: Take): void {
    if (this.#redis.isAway) return;
    const before = this.#waiting.get(take.key);
    if (!before && this.#waiting.size >= CAPACITY) return;
    this.#waiting.set(take.key, before ? { ...take, units: before.units + take.units } : take);
    this.#timer ??= setTimeout(() => this.#send(), DELAY_MS).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #send(): void {
    this.#timer = undefined;
    const takes = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let at = 0; at < takes.length; at += BATCH) void this.#sendBatch(takes.slice(at, at + BATCH));
  }

  async #sendBatch(takes: readonly Take[]): Promise<void> {
    // What does not arrive is not sent again: it was counted here, and is out of date by the time Redis is back.
    const waits = await this.#redis.add(takes).catch(() => []);
    waits.forEach((waitMs, index) => waitMs > 0 && this.#full(takes[index]!, waitMs));
  }
}
