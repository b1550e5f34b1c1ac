import type { AccessTokenClaims, Clock } from '@supergraph/protocol';

/** `setTimeout` takes no more than 24.8 days and fires at once when given more. */
const LONGEST_TIMER_MS = 24 * 60 * 60 * 1_000;

/** Calls back once when a token has expired. Watches one token at a time: a new one replaces the old. */
export class TokenExpiry {
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(claims: AccessTokenClaims | undefined, expired: () => void): void {
    this.stop();
    if (!claims) return;
    const remainingMs = claims.exp * 1_000 - this.#clock.now().getTime();
    if (remainingMs <= 0) return expired();
    this.#timer = setTimeout(() => this.watch(claims, expired), Math.min(remainingMs, LONGEST_TIMER_MS));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
