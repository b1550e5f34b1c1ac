import type { ServerResponse } from 'node:http';
import type { BytesAccount } from './held-bytes.ts';

/** How long a client may take over an answer while others are refused because of it, in milliseconds. */
const PATIENCE_MS = 2_000;

interface Reader {
  readonly account: BytesAccount;
  readonly since: number;
}

/** Clients to whom an answer was given that the network has not taken yet. */
export class SlowReaders {
  /** In the order they came. */
  readonly #readers = new Map<ServerResponse, Reader>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** To be called once the whole answer was written. The account is what is held for it. */
  watch(response: ServerResponse, account: BytesAccount): void {
    if (response.writableLength === 0 || response.destroyed) return;
    this.#readers.set(response, { account, since: this.#now() });
    response.once('close', () => this.#readers.delete(response));
  }

  /** Lets go of those who have been reading for longest, until that is enough. Returns how many there were. */
  cutOff(isEnough: () => boolean): number {
    const patient = this.#now() - PATIENCE_MS;
    let cut = 0;
    for (const [response, { account, since }] of this.#readers) {
      if (since > patient || isEnough()) break;
      response.destroy();
      // Not left to the `close` that follows: until then the next one would be cut off for nothing.
      account.close();
      this.#readers.delete(response);
      cut += 1;
    }
    return cut;
  }
}
