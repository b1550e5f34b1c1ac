import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that carries a call's signature: `t=<unix milliseconds>,v1=<hex HMAC-SHA256>`. */
export const SIGNATURE_HEADER = 'x-supergraph-signature';

/** How old a signature may be, and how far ahead of our clock, in milliseconds. A replay after this is refused. */
export const SIGNATURE_LIFETIME_MS = 30_000;

/** What a signature covers. A socket is signed once, for its upgrade request, with an empty body. */
export interface SignedCall {
  readonly method: string;
  readonly body: string;
  /** The forwarded `Authorization` header, so that a captured call cannot be replayed under another user's token. */
  readonly authorization?: string | undefined;
}

export type SignatureVerdict = 'valid' | 'missing' | 'malformed' | 'stale' | 'forged';

/** Signs a call from the gateway to a subgraph, so that the subgraph can refuse everybody else. */
export function signCall(secret: string, call: SignedCall, now: number): string {
  return `t=${now},v1=${digest(secret, call, now).toString('hex')}`;
}

/** Judges the signature of an incoming call. Compares in constant time. */
export function verifyCall(
  secret: string,
  call: SignedCall,
  header: string | undefined,
  now: number,
): SignatureVerdict {
  if (!header) return 'missing';
  const parts = /^t=(\d{1,16}),v1=([0-9a-f]{64})$/.exec(header);
  if (!parts) return 'malformed';
  const signedAt = Number(parts[1]);
  const expected = digest(secret, call, signedAt);
  // Authenticity before freshness: a stranger learns nothing about our clock.
  if (!timingSafeEqual(expected, Buffer.from(parts[2]!, 'hex'))) return 'forged';
  return Math.abs(now - signedAt) <= SIGNATURE_LIFETIME_MS ? 'valid' : 'stale';
}

function digest(secret: string, call: SignedCall, timestamp: number): Buffer {
  // Newlines cannot occur in a method, a timestamp or a header value, so the parts cannot be shifted into one another.
  return createHmac('sha256', secret)
    .update(`${call.method.toUpperCase()}\n${timestamp}\n${call.authorization ?? ''}\n${call.body}`)
    .digest();
}
