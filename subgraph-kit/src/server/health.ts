import { setTimeout as pause } from 'node:timers/promises';

/** How long the database may take to answer a probe. */
const PING_TIMEOUT_MS = 2_000;

/** What the three probes answer: is it alive, has it started, should it get traffic. */
export class Health {
  readonly #ping: () => Promise<unknown>;
  readonly #timeoutMs: number;
  #pinging: Promise<boolean> | undefined;
  #started = false;
  #draining = false;

  /** @param ping resolves when what the server cannot work without (its database) answers */
  constructor(ping: () => Promise<unknown>, timeoutMs: number = PING_TIMEOUT_MS) {
    this.#ping = ping;
    this.#timeoutMs = timeoutMs;
  }

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
    // One question at a time: anybody may probe, and a database that hangs must not be asked by all of them.
    this.#pinging ??= this.#ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#pinging = undefined;
      });
    const givingUp = new AbortController();
    const tooLate = pause(this.#timeoutMs, false, { signal: givingUp.signal }).catch(() => false);
    try {
      return await Promise.race([this.#pinging, tooLate]);
    } finally {
      givingUp.abort();
    }
  }
}

function verdict(ok: boolean): { status: number; body: object } {
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'unavailable' } };
}
