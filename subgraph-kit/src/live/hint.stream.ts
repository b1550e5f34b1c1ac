/** A reader that took hints more slowly than they came, for too long. It has missed some and must read again. */
export class ReaderTooSlow extends Error {
  override readonly name = 'ReaderTooSlow';

  constructor(channel: string, capacity: number) {
    super(`The reader of ${channel} fell more than ${capacity} hints behind.`);
  }
}

/** The hints of one channel on their way to one reader: a queue of bounded length that can be awaited. */
export class HintStream implements AsyncIterableIterator<object> {
  readonly #channel: string;
  readonly #capacity: number;
  readonly #onEnd: () => void;
  #queue: object[] = [];
  #waiting: PromiseWithResolvers<IteratorResult<object>>[] = [];
  #ended = false;
  #failure: ReaderTooSlow | undefined;

  constructor(channel: string, capacity: number, onEnd: () => void) {
    this.#channel = channel;
    this.#capacity = capacity;
    this.#onEnd = onEnd;
  }

  push(hint: object): void {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ value: hint, done: false });
    else if (this.#queue.length < this.#capacity) this.#queue.push(hint);
    else {
      this.#failure = new ReaderTooSlow(this.#channel, this.#capacity);
      this.end();
    }
  }

  /** What is still queued is dropped: a reader that stops, or has missed a hint, gains nothing from it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#queue = [];
    for (const waiting of this.#waiting.splice(0)) waiting.resolve({ value: undefined, done: true });
    this.#onEnd();
  }

  async next(): Promise<IteratorResult<object>> {
    const hint = this.#queue.shift();
    if (hint) return { value: hint, done: false };
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = undefined;
      throw failure;
    }
    if (this.#ended) return { value: undefined, done: true };
    const waiting = Promise.withResolvers<IteratorResult<object>>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  async return(): Promise<IteratorResult<object>> {
    this.end();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<object>> {
    this.end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
