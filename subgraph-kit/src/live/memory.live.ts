import { FanOut } from './fan-out.ts';
import type { Live } from './live.ts';

/** Fan-out within one process: all there is to do when there is only one. */
export class MemoryLive implements Live {
  readonly #readers: FanOut;

  /** @param capacity the most hints a reader may leave untaken */
  constructor(capacity?: number) {
    this.#readers = new FanOut(capacity);
  }

  async publish(channel: string, hint: object): Promise<void> {
    this.#readers.deliver(channel, JSON.stringify(hint));
  }

  subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint> {
    return this.#readers.subscribe<Hint>(channel, signal);
  }

  async close(): Promise<void> {
    this.#readers.close();
  }
}
