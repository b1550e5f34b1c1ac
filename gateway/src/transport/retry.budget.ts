/**
 * How many calls may be repeated: a share of all, so that a subgraph in trouble is not called twice as often for it.
 *
 * Each call puts a fraction of a repetition by, up to `burst`, with which it starts.
 */
export class RetryBudget {
  readonly #share: number;
  readonly #burst: number;
  #saved: number;

  /** @param share repetitions per call, from 0 to 1 */
  constructor(share: number, burst: number) {
    this.#share = share;
    this.#burst = burst;
    this.#saved = burst;
  }

  callMade(): void {
    this.#saved = Math.min(this.#burst, this.#saved + this.#share);
  }

  /** Returns whether a call may be repeated, which then counts. */
  take(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
