import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const MIN_TOKEN_BYTES = 16;

/** An opaque token that cannot be guessed, safe in a URL. @param bytes of randomness, at least 16 */
export function randomToken(bytes = 32): string {
  if (bytes < MIN_TOKEN_BYTES) throw new RangeError(`A token has at least ${MIN_TOKEN_BYTES} bytes.`);
  return randomBytes(bytes).toString('base64url');
}

/**
 * What is stored of an opaque token: enough to recognise it, nothing to use it with.
 *
 * Fast on purpose, which is right only for tokens of `randomToken`. A password or anything else a person chose needs a
 * slow hash.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two texts in a time that says nothing about where they differ, nor about their lengths. */
export function equalInConstantTime(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
