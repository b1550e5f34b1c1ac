import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** The issuer cannot be asked, so nothing can be said about a token: neither that it holds nor that it does not. */
export class VerificationKeysUnavailable extends Error {
  override readonly name = 'VerificationKeysUnavailable';
}

/**
 * Finds the public key a token names. `undefined` means: no such key, refuse the token. Rejects with
 * `VerificationKeysUnavailable` when that cannot be known.
 */
export interface VerificationKeys {
  find(kid: string): Promise<KeyObject | undefined>;
}

const jwks = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('EC'), crv: z.literal('P-256') })),
});

export interface RemoteVerificationKeysOptions {
  /** How long a fetched set is used without asking again. */
  readonly maxAgeMs?: number;
  /** The least time between two fetches, so that invented key ids cannot make us hammer the issuer. */
  readonly minIntervalMs?: number;
  readonly timeoutMs?: number;
}

/**
 * The keys of a JWKS endpoint, cached.
 *
 * A key id that is not known yet makes it fetch again, which is what lets keys rotate without a failed request. While
 * the issuer is away the last known keys stay in use: its absence must not sign everybody out.
 */
export class RemoteVerificationKeys implements VerificationKeys {
  readonly #url: string;
  readonly #maxAgeMs: number;
  readonly #minIntervalMs: number;
  readonly #timeoutMs: number;
  #keys = new Map<string, KeyObject>();
  #fetchedAt = -Infinity;
  #attemptedAt = -Infinity;
  #fetching: Promise<void> | undefined;

  constructor(url: string, options: RemoteVerificationKeysOptions = {}) {
    this.#url = url;
    this.#maxAgeMs = options.maxAgeMs ?? 5 * 60_000;
    this.#minIntervalMs = options.minIntervalMs ?? 1_000;
    this.#timeoutMs = options.timeoutMs ?? 5_000;
  }

  async find(kid: string): Promise<KeyObject | undefined> {
    const now = performance.now();
    const known = this.#keys.get(kid);
    if (known && now - this.#fetchedAt < this.#maxAgeMs) return known;
    if (this.#fetching || now - this.#attemptedAt >= this.#minIntervalMs) {
      const refresh = this.#refresh(now);
      // A known key is good enough while we look for newer ones.
      if (known) void refresh.catch(() => {});
      else await refresh.catch(() => {});
    }
    const key = this.#keys.get(kid);
    if (!key && this.#keys.size === 0) throw new VerificationKeysUnavailable('the keys of the issuer were never seen');
    return key;
  }

  #refresh(now: number): Promise<void> {
    this.#fetching ??= this.#fetch(now).finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetch(now: number): Promise<void> {
    this.#attemptedAt = now;
    const response = await fetch(this.#url, { signal: AbortSignal.timeout(this.#timeoutMs) });
    if (!response.ok) throw new Error(`JWKS answered ${response.status}`);
    const { keys } = jwks.parse(await response.json());
    this.#keys = new Map(keys.map((key) => [key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]));
    this.#fetchedAt = now;
  }
}
