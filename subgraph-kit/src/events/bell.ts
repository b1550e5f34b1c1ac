/**
 * Wakes one sleeper per ring. A ring that finds nobody asleep is kept for the next one to lie down, so that work which
 * arrives between looking and sleeping is not missed.
 */
export class Bell {
  #sleepers: (() => void)[] = [];
  #rung = false;

  ring(): void {
    const sleeper = this.#sleepers.shift();
    if (sleeper) sleeper();
    else this.#rung = true;
  }

  /** Wakes everybody, for good measure when something may have been missed, and at the end. */
  ringAll(): void {
    for (const sleeper of this.#sleepers.splice(0)) sleeper();
    this.#rung = true;
  }

  sleep(): Promise<void> {
    if (this.#rung) {
      this.#rung = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#sleepers.push(resolve));
  }
}
