import { createHash, randomBytes } from 'node:crypto';

/** The longest token a client may send; ours have 43 characters. */
export const MAX_TOKEN_LENGTH = 128;

/** A secret nobody can guess, and what is kept of it. */
export interface SecretToken {
  /** For its owner, once. */
  readonly token: string;
  readonly hash: string;
}

export function createSecretToken(): SecretToken {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** With 256 random bits behind it a token cannot be tried out, so a fast hash is enough, and can be looked up. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
