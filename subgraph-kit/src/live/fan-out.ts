import { HintStream } from './hint.stream.ts';

/** How many hints a reader may leave untaken before it counts as too slow. */
export const HINT_CAPACITY = 1_000;

export interface FanOutListener {
  /** A channel has got its first reader. */
  opened(channel: string): void;
  /** A channel has lost its last one. */
  closed(channel: string): void;
}

/**
 * The readers of this process, by channel.
 *
 * Hints pass through JSON even inside one process, so that no two readers share an object and a hint looks the same
 * wherever it was published.
 */
export class FanOut {
  readonly #streams = new Map<string, Set<HintStream>>();
  readonly #capacity: number;
  readonly #listener: FanOutListener | undefined;
  #closed = false;

  constructor(capacity = HINT_CAPACITY, listener?: FanOutListener) {
    this.#capacity = capacity;
    this.#listener = listener;
  }

  /** The channels that have readers. */
  get channels(): string[] {
    return [...this.#streams.keys()];
  }

  subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint> {
    const abort = () => stream.end();
    const stream = new HintStream(channel, this.#capacity, () => {
      signal?.removeEventListener('abort', abort);
      this.#remove(channel, stream);
    });
    if (this.#closed || signal?.aborted) stream.end();
    else {
      signal?.addEventListener('abort', abort, { once: true });
      this.#add(channel, stream);
    }
    return stream as AsyncIterableIterator<object> as AsyncIterableIterator<Hint>;
  }

  /** @param hint as JSON */
  deliver(channel: string, hint: string): void {
    for (const stream of this.#streams.get(channel) ?? []) stream.push(JSON.parse(hint) as object);
  }

  close(): void {
    this.#closed = true;
    for (const streams of [...this.#streams.values()]) for (const stream of [...streams]) stream.end();
  }

  #add(channel: string, stream: HintStream): void {
    const streams = this.#streams.get(channel);
    if (streams) streams.add(stream);
    else {
      this.#streams.set(channel, new Set([stream]));
      this.#listener?.opened(channel);
    }
  }

  #remove(channel: string, stream: HintStream): void {
    const streams = this.#streams.get(channel);
    if (!streams?.delete(stream) || streams.size > 0) return;
    this.#streams.delete(channel);
    this.#listener?.closed(channel);
  }
}
