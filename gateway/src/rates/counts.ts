import type { Clock } from '@supergraph/protocol';
import { AdditionQueue } from './addition.queue.ts';
import type { Shortage, Take } from './limit.ts';
import { MemoryCounts } from './memory.counts.ts';
import type { RateMetrics } from './rate.metrics.ts';
import type { RedisCounts } from './redis.counts.ts';

export interface CountsParts {
  readonly maxKeys: number;
  readonly clock: Clock;
  /** Where the gateways count together; without it each counts for itself. */
  readonly redis: RedisCounts | undefined;
  readonly metrics: RateMetrics;
}

/**
 * Counts here first, and then with the other gateways.
 *
 * What is counted here is never more than what is counted everywhere, so a no from here is always right, and costs Redis
 * nothing. While Redis is away, what is counted here is all there is: each gateway holds every limit by itself.
 */
export class Counts {
  readonly #local: MemoryCounts;
  readonly #clock: Clock;
  readonly #redis: RedisCounts | undefined;
  readonly #additions: AdditionQueue | undefined;
  readonly #metrics: RateMetrics;

  constructor({ maxKeys, clock, redis, metrics }: CountsParts) {
    this.#local = new MemoryCounts(maxKeys);
    this.#clock = clock;
    this.#redis = redis;
    this.#metrics = metrics;
    this.#additions = redis && new AdditionQueue(redis, (take, waitMs) => this.#local.close(take, this.#now(), waitMs));
  }

  /** Takes all or nothing, exactly, however many gateways there are. Waits for Redis, but not for long. */
  take(takes: readonly Take[]): Shortage | undefined | Promise<Shortage | undefined> {
    const now = this.#now();
    const shortage = this.#local.take(takes, now);
    if (shortage || !this.#redis) return shortage;
    if (!this.#redis.isAway) return this.#takeTogether(this.#redis, takes, now);
    this.#metrics.countedAlone();
    return undefined;
  }

  /**
   * Takes without waiting for anybody: exactly in this gateway, and up to 50 ms late in the others. For what every
   * request is counted by, and where a few too many do no harm.
   */
  takeHere(take: Take): Shortage | undefined {
    const shortage = this.#local.take([take], this.#now());
    if (!shortage) this.#additions?.add(take);
    return shortage;
  }

  /** What is left of a limit here, as of the last take. */
  remaining({ key, limit }: Take): number {
    return Math.max(0, limit.max - this.#local.totalOf(key));
  }

  close(): void {
    this.#additions?.close();
  }

  async #takeTogether(redis: RedisCounts, takes: readonly Take[], takenAt: number): Promise<Shortage | undefined> {
    try {
      const shortage = await redis.take(takes);
      if (shortage) this.#local.giveBack(takes, takenAt);
      return shortage;
    } catch {
      this.#metrics.countedAlone();
      return undefined;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
