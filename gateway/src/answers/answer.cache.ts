import type { Clock } from '@supergraph/protocol';
import { LRUCache } from 'lru-cache';
import type { Freshness } from '../http/answer.head.ts';

/** The data of an answer that had no errors. Shared by all who get it, and never changed. */
export type PublicData = Readonly<Record<string, unknown>>;

export interface PublicAnswer extends Freshness {
  readonly data: PublicData;
}

interface KeptAnswer {
  readonly data: PublicData;
  readonly maxAge: number;
  readonly readAt: number;
  readonly characters: number;
}

export interface AnswerCacheLimits {
  readonly answerCacheEntries: number;
  readonly answerCacheCharacters: number;
}

/** Answers that are the same for everybody, as long as they are good, and those that somebody is waiting for. */
export class AnswerCache {
  readonly #clock: Clock;
  readonly #kept: LRUCache<string, KeptAnswer>;
  /** Bounded by the requests under way, of which each leads one at most. */
  readonly #awaited = new Map<string, Promise<PublicAnswer | undefined>>();

  constructor(limits: AnswerCacheLimits, clock: Clock) {
    this.#clock = clock;
    this.#kept = new LRUCache({
      max: limits.answerCacheEntries,
      maxSize: limits.answerCacheCharacters,
      maxEntrySize: Math.ceil(limits.answerCacheCharacters / 10),
      sizeCalculation: ({ characters }, key) => characters + key.length,
    });
  }

  get(key: string): PublicAnswer | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    const age = Math.max(0, Math.floor((this.#now() - kept.readAt) / 1000));
    if (age < kept.maxAge) return { data: kept.data, maxAge: kept.maxAge, age };
    this.#kept.delete(key);
    return undefined;
  }

  /** What somebody else is reading at this moment; resolves to `undefined` when it turns out not to be for everybody. */
  awaited(key: string): Promise<PublicAnswer | undefined> | undefined {
    return this.#awaited.get(key);
  }

  /**
   * Lets others wait for what is being read, and keeps it. `read` resolves to `undefined`, and never rejects, when there
   * is nothing to keep.
   */
  async lead(key: string, maxAge: number, read: Promise<PublicData | undefined>): Promise<PublicAnswer | undefined> {
    // From before it was read: nobody is told that it is newer than it is.
    const readAt = this.#now();
    const answer = read.then((data) => {
      this.#awaited.delete(key);
      if (data === undefined) return undefined;
      this.#kept.set(key, { data, maxAge, readAt, characters: JSON.stringify(data).length });
      return { data, maxAge, age: 0 };
    });
    this.#awaited.set(key, answer);
    return answer;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
