/** Counts the bytes of answers that this process holds, and knows when there is no room for more. */
export class HeldBytes {
  readonly limit: number;
  #total = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get total(): number {
    return this.#total;
  }

  /** For whoever holds something on behalf of one operation. */
  open(): BytesAccount {
    return new BytesAccount(this);
  }

  /** Holds so many more, whether there is room or not; a negative number lets go. */
  add(bytes: number): void {
    this.#total += bytes;
  }
}

/** What is held on behalf of one operation: what subgraphs have answered, then the answer itself. */
export class BytesAccount {
  readonly #held: HeldBytes;
  #bytes = 0;
  #closed = false;

  constructor(held: HeldBytes) {
    this.#held = held;
  }

  /** Returns whether there was room. */
  take(bytes: number): boolean {
    // Calls may still end when their operation is over.
    if (this.#closed) return true;
    if (this.#held.total + bytes > this.#held.limit) return false;
    this.#bytes += bytes;
    this.#held.add(bytes);
    return true;
  }

  /** From here on only the answer is held, which was made of everything else. */
  replaceBy(bytes: number): void {
    if (this.#closed) return;
    this.#held.add(bytes - this.#bytes);
    this.#bytes = bytes;
  }

  /** Nothing is held any more, for good. */
  close(): void {
    this.replaceBy(0);
    this.#closed = true;
  }
}
