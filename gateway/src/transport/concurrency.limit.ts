/** How a wait for a place ended: with a place, or why without. */
export type Wait = 'entered' | 'full' | 'too late' | 'left';

/**
 * So many at once and so many in line, first come, first served; whoever comes when the line is full is told so at once
 * instead of after a wait in vain.
 */
export class ConcurrencyLimit {
  readonly #places: number;
  readonly #maxWaiting: number;
  readonly #line = new Set<() => void>();
  #taken = 0;

  constructor(places: number, maxWaiting: number) {
    this.#places = places;
    this.#maxWaiting = maxWaiting;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#line.size;
  }

  /** Takes a place if one is free. Whoever gets one owes a {@link giveBack}. */
  take(): boolean {
    if (this.#taken >= this.#places) return false;
    this.#taken += 1;
    return true;
  }

  /** Takes a place as soon as it is this caller's turn. With `entered` it owes a {@link giveBack}, else nothing. */
  wait(timeoutMs: number, signal?: AbortSignal): Promise<Wait> {
    if (signal?.aborted) return Promise.resolve('left');
    if (this.take()) return Promise.resolve('entered');
    if (this.#line.size >= this.#maxWaiting) return Promise.resolve('full');
    return new Promise((resolve) => {
      const end = (wait: Wait): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        this.#line.delete(enter);
        resolve(wait);
      };
      const enter = (): void => end('entered');
      const leave = (): void => end('left');
      const timer = setTimeout(() => end('too late'), Math.max(1, timeoutMs));
      signal?.addEventListener('abort', leave, { once: true });
      this.#line.add(enter);
    });
  }

  giveBack(): void {
    const [next] = this.#line;
    // The place changes hands without being free in between, or whoever comes now would overtake the line.
    if (next) next();
    else this.#taken -= 1;
  }
}
