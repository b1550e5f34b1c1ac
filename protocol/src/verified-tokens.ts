import { hash, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import {
  type AccessTokenClaims,
  type AccessTokenRules,
  InvalidAccessToken,
  verifyAccessToken,
} from './access-token.ts';
import { systemClock } from './clock.ts';

const MAX_TOKENS = 10_000;

interface Verified {
  readonly claims: AccessTokenClaims;
  readonly keyId: string;
  /** The very key it was verified with. */
  readonly key: KeyObject;
}

/**
 * Verifies access tokens, and remembers those that held: the same token comes with each request of a client, and with
 * each event of a subscription, and its signature costs more to verify than many a request to answer.
 *
 * Nothing is believed for longer than without it: a token is good until it expires, and until its issuer has withdrawn or
 * replaced the key that signed it, which is asked each time. Tokens are kept as digests, so that a copy of the memory is
 * no collection of keys; what does not hold is not kept at all.
 */
export class VerifiedTokens {
  readonly #rules: AccessTokenRules;
  readonly #verified = new LRUCache<string, Verified>({ max: MAX_TOKENS });

  constructor(rules: AccessTokenRules) {
    this.#rules = rules;
  }

  /** The claims of a token, as `verifyAccessToken` gives them, but shared: do not change them. */
  async verify(token: string): Promise<AccessTokenClaims> {
    const digest = hash('sha256', token, 'base64');
    const known = this.#verified.get(digest);
    if (known && (await this.#rules.keys.find(known.keyId)) === known.key) {
      const { clock = systemClock } = this.#rules;
      if (Math.floor(clock.now().getTime() / 1_000) < known.claims.exp) return known.claims;
      this.#verified.delete(digest);
      throw new InvalidAccessToken('jwt expired');
    }
    return this.#verifyAnew(token, digest);
  }

  async #verifyAnew(token: string, digest: string): Promise<AccessTokenClaims> {
    let found: Pick<Verified, 'keyId' | 'key'> | undefined;
    const find = async (keyId: string): Promise<KeyObject | undefined> => {
      const key = await this.#rules.keys.find(keyId);
      if (key) found = { keyId, key };
      return key;
    };
    const claims = await verifyAccessToken(token, { ...this.#rules, keys: { find } });
    Object.freeze(claims.roles);
    this.#verified.set(digest, { claims: Object.freeze(claims), ...found! });
    return claims;
  }
}
