import type { HeldBytes } from '../overload/held-bytes.ts';

/** How much may wait for one client, in bytes, wherever it waits. */
export class ByteBudget {
  readonly #limit: number;
  readonly #held: HeldBytes | undefined;
  #taken = 0;

  /** @param held counts it together with what waits for all the others */
  constructor(limit: number, held?: HeldBytes) {
    this.#limit = limit;
    this.#held = held;
  }

  /**
   * Returns whether there was room. The last one in may overdraw the budget: a single large answer is no sign of a slow
   * reader, and its size has a limit of its own.
   */
  take(bytes: number): boolean {
    if (this.#taken >= this.#limit) return false;
    this.#taken += bytes;
    this.#held?.add(bytes);
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
    this.#held?.add(-bytes);
  }
}
