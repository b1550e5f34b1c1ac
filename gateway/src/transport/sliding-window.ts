const SLICES = 10;

/** Counts calls and failures of the last while, in slices of a tenth of it, so that it forgets the old without a list. */
export class SlidingWindow {
  readonly #sliceMs: number;
  readonly #calls: number[] = Array.from({ length: SLICES }, () => 0);
  readonly #failures: number[] = Array.from({ length: SLICES }, () => 0);
  #slice = 0;

  constructor(lengthMs: number) {
    this.#sliceMs = lengthMs / SLICES;
  }

  /** @param now milliseconds on a clock that never goes back */
  count(failed: boolean, now: number): void {
    this.#moveTo(now);
    const at = this.#slice % SLICES;
    this.#calls[at]! += 1;
    if (failed) this.#failures[at]! += 1;
  }

  get calls(): number {
    return sum(this.#calls);
  }

  get failures(): number {
    return sum(this.#failures);
  }

  clear(): void {
    this.#calls.fill(0);
    this.#failures.fill(0);
  }

  #moveTo(now: number): void {
    const slice = Math.floor(now / this.#sliceMs);
    if (slice - this.#slice >= SLICES) this.clear();
    else {
      for (let passed = this.#slice + 1; passed <= slice; passed += 1) {
        this.#calls[passed % SLICES] = 0;
        this.#failures[passed % SLICES] = 0;
      }
    }
    this.#slice = slice;
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
