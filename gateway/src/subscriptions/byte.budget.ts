/** How much may wait for one client, in bytes, wherever it waits. */
export class ByteBudget {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Returns whether there was room. The last one in may overdraw the budget: a single large answer is no sign of a slow
   * reader, and its size has a limit of its own.
   */
  take(bytes: number): boolean {
    if (this.#taken >= this.#limit) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}
