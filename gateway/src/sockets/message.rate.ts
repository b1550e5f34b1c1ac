const WINDOW_MS = 1_000;

/** Counts a client's messages, second by second. */
export class MessageRate {
  readonly #maximum: number;
  #windowEnd = 0;
  #count = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Counts a message. Returns whether it is still one of those that this second may have. */
  take(now: number): boolean {
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + WINDOW_MS;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= this.#maximum;
  }
}
