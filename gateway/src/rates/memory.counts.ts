import { LRUCache } from 'lru-cache';
import type { Shortage, Take } from './limit.ts';
import { SlidingWindow } from './sliding.window.ts';

/**
 * Counts in this process.
 *
 * There are at most so many; then the one unused for longest is forgotten. That is safe, because a refused attempt is a
 * use too: whoever is at a limit and goes on knocking stays known, and what is forgotten is the count of somebody who
 * has not come for as long as it took that many others to come. And a refused attempt makes no new count.
 */
export class MemoryCounts {
  readonly #windows: LRUCache<string, SlidingWindow>;
  /** Stands for all that were never counted. Nothing is ever added to it. */
  readonly #nothing = new SlidingWindow(0);

  constructor(maxKeys: number) {
    this.#windows = new LRUCache({ max: maxKeys });
  }

  get size(): number {
    return this.#windows.size;
  }

  /**
   * Takes all of them, or none and says which limit has the longest wait. No two may have the same key.
   *
   * @param now Unix milliseconds
   */
  take(takes: readonly Take[], now: number): Shortage | undefined {
    let shortage: Shortage | undefined;
    for (const { limit, key, units } of takes) {
      const window = this.#windows.get(key) ?? this.#nothing;
      const waitMs = window.wait(now, units, limit.max, limit.slotMs);
      if (waitMs > (shortage?.waitMs ?? 0)) shortage = { limit, waitMs };
    }
    if (shortage) return shortage;
    for (const { limit, key, units } of takes) this.#window(key, now, limit.slotMs).add(now, units, limit.slotMs);
    return undefined;
  }

  giveBack(takes: readonly Take[], takenAt: number): void {
    for (const { limit, key, units } of takes) this.#windows.get(key)?.giveBack(takenAt, units, limit.slotMs);
  }

  /** Lets nothing more through under this key for so long: elsewhere it is known that there is no room. */
  close({ limit, key }: Take, now: number, waitMs: number): void {
    this.#window(key, now, limit.slotMs).closeUntil(now + waitMs);
  }

  /** What is counted under this key and has not left the window. As of the last time it was asked for room. */
  totalOf(key: string): number {
    return this.#windows.peek(key)?.total ?? 0;
  }

  #window(key: string, now: number, slotMs: number): SlidingWindow {
    let window = this.#windows.get(key);
    if (!window) {
      window = new SlidingWindow(Math.floor(now / slotMs));
      this.#windows.set(key, window);
    }
    return window;
  }
}
