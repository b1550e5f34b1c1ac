import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { Clock, Logger, VerificationKeys } from '@supergraph/protocol';
import type { Sealer } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { importPublicKey, openPrivateKey } from './key-pair.ts';
import type { SigningKey } from './signing-key.entity.ts';
import { addSigningKey, lockSigningKeys, validSigningKeys } from './signing-key.store.ts';

/** How long a process goes by the keys it has read. Another process may have made a new one meanwhile. */
export const RELOAD_AFTER_MS = 30_000;

/** The least time between two readings, so that invented key ids cannot make us hammer the database. */
export const LEAST_INTERVAL_MS = 200;

export interface SigningKeysParts {
  readonly asSystem: <Result>(run: (work: IdentityWork) => Promise<Result>) => Promise<Result>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
}

interface UsableKey {
  readonly kid: string;
  readonly signsFrom: Date;
  readonly publicKey: KeyObject;
  readonly publicJwk: JsonWebKey;
  /** Absent when it was sealed with a root secret that is not ours: its tokens still verify. */
  readonly privateKey: KeyObject | undefined;
}

/**
 * The keys of access tokens, as this process knows them. Processes that share a database share the keys: which of them
 * signs follows from the clock alone.
 */
export class SigningKeys implements VerificationKeys {
  readonly #parts: SigningKeysParts;
  #keys: readonly UsableKey[] = [];
  #loadedAt = -Infinity;
  #attemptedAt = -Infinity;
  #loading: Promise<void> | undefined;

  private constructor(parts: SigningKeysParts) {
    this.#parts = parts;
  }

  /** Reads the keys, and makes the first one on a new database. */
  static async open(parts: SigningKeysParts): Promise<SigningKeys> {
    const keys = new SigningKeys(parts);
    await keys.reload();
    if (!keys.#signing()) await keys.#createFirst();
    return keys;
  }

  /** The one that signs now. */
  async current(): Promise<{ readonly kid: string; readonly privateKey: KeyObject }> {
    await this.#refresh();
    const key = this.#signing();
    if (!key) throw new Error('There is no key to sign access tokens with.');
    return key;
  }

  async find(kid: string): Promise<KeyObject | undefined> {
    await this.#refresh();
    // Another process may have made it a moment ago.
    if (!this.#known(kid) && performance.now() - this.#attemptedAt >= LEAST_INTERVAL_MS) await this.reload();
    return this.#known(kid);
  }

  /** All whose tokens may be in use, and the one that is to sign next: a JSON Web Key Set (RFC 7517). */
  async publicKeySet(): Promise<{ readonly keys: readonly JsonWebKey[] }> {
    await this.#refresh();
    return { keys: this.#keys.map((key) => key.publicJwk) };
  }

  reload(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    this.#attemptedAt = performance.now();
    const now = this.#parts.clock.now();
    const stored = await this.#parts.asSystem((work) => validSigningKeys(work.em, now));
    this.#keys = stored.map((key) => this.#usable(key));
    this.#loadedAt = now.getTime();
  }

  /** Two processes may start on the same new database: whoever comes second finds the key of the first. */
  async #createFirst(): Promise<void> {
    const { asSystem, sealer, clock } = this.#parts;
    await asSystem((work) =>
      work.transaction(async () => {
        await lockSigningKeys(work.em);
        await this.#load();
        if (!this.#signing()) addSigningKey(work.em, sealer, clock.now(), clock.now());
      }),
    );
    await this.reload();
  }

  async #refresh(): Promise<void> {
    if (this.#now() - this.#loadedAt >= RELOAD_AFTER_MS) await this.reload();
  }

  #signing(): (UsableKey & { readonly privateKey: KeyObject }) | undefined {
    const now = this.#now();
    const ready = this.#keys.filter((key) => key.privateKey && key.signsFrom.getTime() <= now);
    return ready.sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime())[0] as never;
  }

  #usable(key: SigningKey): UsableKey {
    const known = this.#keys.find(({ kid }) => kid === key.kid);
    if (known) return known;
    const { kid, signsFrom, publicJwk } = key;
    return { kid, signsFrom, publicJwk, publicKey: importPublicKey(publicJwk), privateKey: this.#open(key) };
  }

  #open(key: SigningKey): KeyObject | undefined {
    try {
      return openPrivateKey(key, this.#parts.sealer);
    } catch (error) {
      this.#parts.log.warn({ err: error, kid: key.kid }, 'a signing key does not open with our sealing secrets');
      return undefined;
    }
  }

  #known(kid: string): KeyObject | undefined {
    return this.#keys.find((key) => key.kid === kid)?.publicKey;
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }
}
