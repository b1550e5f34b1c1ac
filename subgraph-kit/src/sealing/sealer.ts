import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const SEALED = /^s1\.([\w-]{8})\.([\w-]{38,})$/;

/**
 * Seals short secrets for storage: encrypted, protected from changes, and bound to a purpose, so that what was sealed
 * for one column or event cannot be passed off as another.
 *
 * The first root secret seals; all open. To replace one, put the new one in front, seal anew what is stored, and then
 * drop the old one. A key seals 2^32 texts safely; no purpose of ours comes near that.
 */
export class Sealer {
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #keys = new Map<string, Buffer>();
  readonly #newest: string;

  /** @param secrets at least one, of 32 characters or more, the newest first */
  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) throw new Error('Sealing needs at least one secret.');
    this.#secrets = new Map(secrets.map((secret) => [nameOf(secret), secret]));
    this.#newest = nameOf(secrets[0]!);
  }

  /** @param purpose for example `identity:second-factor`; the same one opens it */
  seal(text: string, purpose: string): string {
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv(CIPHER, this.#key(this.#newest, purpose), nonce);
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `s1.${this.#newest}.${sealed.toString('base64url')}`;
  }

  /** @throws when it was sealed for another purpose or with a secret we do not have, or was changed */
  open(sealed: string, purpose: string): string {
    const [, secret, body] = SEALED.exec(sealed) ?? [];
    if (!secret || !body) throw new Error('This is not a sealed text.');
    if (!this.#secrets.has(secret)) throw new Error(`It was sealed with secret ${secret}, which is not among ours.`);
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv(CIPHER, this.#key(secret, purpose), bytes.subarray(0, NONCE_LENGTH));
    decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
    const text = decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH));
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      throw new Error(`It was changed, or not sealed for ${purpose}.`);
    }
  }

  #key(secret: string, purpose: string): Buffer {
    const name = `${secret} ${purpose}`;
    const known = this.#keys.get(name);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#secrets.get(secret)!, '', `supergraph ${purpose}`, 32));
    this.#keys.set(name, key);
    return key;
  }
}

/** Tells secrets apart without telling what they are. */
function nameOf(secret: string): string {
  return createHash('sha256').update(`supergraph secret ${secret}`).digest('base64url').slice(0, 8);
}
