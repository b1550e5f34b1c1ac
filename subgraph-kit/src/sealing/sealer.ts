import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Names the format: AES-256-GCM, key by HKDF-SHA-256. A later one gets another, and both stay readable. */
const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MIN_SECRET_LENGTH = 32;

/** A sealed text that cannot be trusted: changed, sealed for another purpose, or with a secret we no longer have. */
export class UnsealingFailed extends Error {
  override readonly name = 'UnsealingFailed';
}

/**
 * Keeps secrets at rest unreadable to whoever only has the database.
 *
 * Each purpose has a key of its own, so what was sealed as one thing cannot be passed off as another. To rotate, put a
 * new root secret first: it seals from then on, and the older ones still unseal.
 */
export class Sealer {
  readonly #secrets: readonly string[];
  readonly #keys = new Map<string, Buffer>();

  /** @param secrets the root secrets, newest first, each at least 32 characters and truly random */
  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) throw new Error('A sealer needs a secret.');
    if (secrets.some((secret) => secret.length < MIN_SECRET_LENGTH)) {
      throw new Error(`A sealing secret has at least ${MIN_SECRET_LENGTH} characters.`);
    }
    this.#secrets = secrets;
  }

  /** @param purpose what it is, for example `totp-secret`; the same must be named to unseal it */
  seal(plaintext: string, purpose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.#secrets[0]!, purpose), nonce);
    const sealed = Buffer.concat([nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${sealed.toString('base64url')}`;
  }

  /** The text that was sealed, or `UnsealingFailed`. */
  unseal(sealed: string, purpose: string): string {
    return this.#open(sealed, purpose).plaintext;
  }

  /** Whether it was sealed with an older secret, and should be sealed again before that one is dropped. */
  isOutdated(sealed: string, purpose: string): boolean {
    return this.#open(sealed, purpose).age > 0;
  }

  #open(sealed: string, purpose: string): { plaintext: string; age: number } {
    const [version, body = '', ...rest] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    // Decoding is lenient, so two texts can stand for one; only the one that we wrote counts.
    const isOurs = version === VERSION && rest.length === 0 && bytes.toString('base64url') === body;
    if (!isOurs || bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealingFailed('not a sealed text');
    for (const [age, secret] of this.#secrets.entries()) {
      const plaintext = decrypt(bytes, this.#key(secret, purpose));
      if (plaintext !== undefined) return { plaintext, age };
    }
    throw new UnsealingFailed(`not sealed as ${purpose} with a secret of ours`);
  }

  #key(secret: string, purpose: string): Buffer {
    const id = `${this.#secrets.indexOf(secret)} ${purpose}`;
    const known = this.#keys.get(id);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', secret, '', `supergraph sealing ${VERSION} ${purpose}`, KEY_BYTES));
    this.#keys.set(id, key);
    return key;
  }
}

function decrypt(bytes: Buffer, key: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plaintext = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
    return plaintext + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
