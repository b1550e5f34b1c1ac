/** What the three probes answer: is it alive, has it started, should it get traffic. */
export class Health {
  #started = false;
  #draining = false;

  /** @param ping resolves when what the server cannot work without (its database) answers */
  constructor(private readonly ping: () => Promise<unknown>) {}

  markStarted(): void {
    this.#started = true;
  }

  markDraining(): void {
    this.#draining = true;
  }

  /** The status and body for a probe's path, or `undefined` when it is not one. */
  async probe(path: string): Promise<{ status: number; body: object } | undefined> {
    switch (path) {
      case '/health/live':
        return verdict(true);
      case '/health/startup':
        return verdict(this.#started);
      case '/health/ready':
        return verdict(this.#started && !this.#draining && (await this.#reachable()));
      default:
        return undefined;
    }
  }

  async #reachable(): Promise<boolean> {
    try {
      await this.ping();
      return true;
    } catch {
      return false;
    }
  }
}

function verdict(ok: boolean): { status: number; body: object } {
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'unavailable' } };
}
