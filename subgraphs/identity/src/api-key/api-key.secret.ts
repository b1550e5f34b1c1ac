import { createHash, randomBytes } from 'node:crypto';

/** So that scanners of source code can tell what they have found. */
const MARK = 'sgk';

const SHAPE = /^sgk_[0-9a-f]{12}_[\w-]{43}$/;

/** The longest key a client may send; ours have 60 characters. */
export const MAX_API_KEY_LENGTH = 128;

export interface ApiKeySecret {
  /** For its owner, once. */
  readonly secret: string;
  readonly prefix: string;
  readonly hash: string;
}

export function createApiKeySecret(): ApiKeySecret {
  const prefix = `${MARK}_${randomBytes(6).toString('hex')}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: hashApiKey(secret) };
}

export function isApiKeySecret(text: string): boolean {
  return SHAPE.test(text);
}

/** With 256 random bits behind it a key cannot be tried out, so a fast hash is enough, and can be looked up. */
export function hashApiKey(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
