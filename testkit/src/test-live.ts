import { setTimeout as pause } from 'node:timers/promises';
import { type Live, MemoryLive } from '@supergraph/subgraph-kit';

/** Live hints within the process, with a way to wait until somebody really listens. */
export class TestLive implements Live {
  readonly #live = new MemoryLive();
  readonly #readers = new Map<string, number>();

  publish(channel: string, hint: object): Promise<void> {
    return this.#live.publish(channel, hint);
  }

  subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint> {
    const hints = this.#live.subscribe<Hint>(channel, signal);
    this.#count(channel, 1);
    let open = true;
    const leave = (): void => {
      if (open) this.#count(channel, -1);
      open = false;
    };
    signal?.addEventListener('abort', leave, { once: true });
    return {
      next: () => hints.next(),
      return: async () => {
        leave();
        return (await hints.return?.()) ?? { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Resolves once that many read a channel. Jest's own timeout ends a wait in vain. */
  async whenReaders(channel: string, count: number): Promise<void> {
    while ((this.#readers.get(channel) ?? 0) !== count) await pause(5);
  }

  close(): Promise<void> {
    return this.#live.close();
  }

  #count(channel: string, change: number): void {
    this.#readers.set(channel, (this.#readers.get(channel) ?? 0) + change);
  }
}
