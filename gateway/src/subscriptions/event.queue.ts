import type { ByteBudget } from './byte.budget.ts';

/**
 * What waits between a subgraph that publishes and a client that reads, for one subscription.
 *
 * It is bounded because nothing else is: a subgraph publishes when it likes, and its socket carries the events of every
 * other client too, so it cannot be held back for the slowest of them.
 */
export class EventQueue<T> {
  readonly #maxEvents: number;
  readonly #budget: ByteBudget;
  #waiting: { readonly event: T; readonly bytes: number }[] = [];
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(maxEvents: number, budget: ByteBudget) {
    this.#maxEvents = maxEvents;
    this.#budget = budget;
  }

  /** Returns whether there was room. After the end it takes and forgets everything. */
  push(event: T, bytes: number): boolean {
    if (this.#ended) return true;
    if (this.#waiting.length >= this.#maxEvents || !this.#budget.take(bytes)) return false;
    this.#waiting.push({ event, bytes });
    this.#wake?.();
    return true;
  }

  /** No more events; what waits is still delivered. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** No more events, and what waits is dropped. */
  abandon(): void {
    for (const { bytes } of this.#waiting) this.#budget.giveBack(bytes);
    this.#waiting = [];
    this.end();
  }

  /** The next event, or `undefined` after the last. For one reader at a time. */
  async take(): Promise<T | undefined> {
    while (this.#waiting.length === 0) {
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const { event, bytes } = this.#waiting.shift()!;
    this.#budget.giveBack(bytes);
    return event;
  }
}
