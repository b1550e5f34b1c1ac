/** Lets many run side by side, or one alone. Whoever waits to be alone keeps newcomers out, so it does not wait for ever. */
export class CrowdLock {
  #inside = 0;
  #alone = false;
  #waiting: { alone: boolean; enter: () => void }[] = [];

  async run<Result>(alone: boolean, run: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ alone, enter });
      this.#admit();
    });
    try {
      return await run();
    } finally {
      this.#inside -= 1;
      this.#alone = false;
      this.#admit();
    }
  }

  #admit(): void {
    while (this.#waiting.length > 0 && !this.#alone) {
      const next = this.#waiting[0]!;
      if (next.alone && this.#inside > 0) return;
      this.#waiting.shift();
      this.#inside += 1;
      this.#alone = next.alone;
      next.enter();
    }
  }
}
