import { setTimeout as pause } from 'node:timers/promises';
import { ErrorCode } from '@supergraph/protocol';
import { Refusal } from '../guard/refusal.ts';

/** The queries and mutations on all sockets, which are to be answered before their sockets are closed. */
export class OperationsUnderWay {
  #count = 0;
  #draining = false;
  #whenNone: (() => void) | undefined;

  /** Throws a {@link Refusal} once the end has begun: whoever is told so may ask again elsewhere. */
  async run<Result>(operation: () => Promise<Result>): Promise<Result> {
    if (this.#draining) {
      throw new Refusal(ErrorCode.OVERLOADED, 'The gateway is going away; nothing was executed', {
        status: 503,
        extensions: { retryAfter: 0 },
      });
    }
    this.#count += 1;
    try {
      return await operation();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#whenNone?.();
    }
  }

  /** Takes no further one and resolves when all are answered, or when that has taken too long. */
  async drain(patienceMs: number): Promise<void> {
    this.#draining = true;
    if (this.#count > 0) {
      const giveUp = new AbortController();
      const none = new Promise<void>((resolve) => (this.#whenNone = resolve));
      await Promise.race([none, pause(patienceMs, undefined, { signal: giveUp.signal }).catch(() => {})]);
      giveUp.abort();
    }
    // The last answer is still on its way to its socket.
    await pause(0);
  }
}
