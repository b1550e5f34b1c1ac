import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the time of a signature may be from ours. */
const TOLERANCE_SECONDS = 5 * 60;

/** `STALE` is one that was right once: somebody may be sending again what they have overheard. */
export type SignatureVerdict = 'VALID' | 'UNSIGNED' | 'STALE';

/** Checks a `Stripe-Signature` header (`t=…,v1=…`) over the bytes that came. Several signatures are there while a secret is changed. */
export function verifyStripeSignature(
  secret: string,
  header: string | undefined,
  body: Buffer,
  now: Date,
): SignatureVerdict {
  const parts = (header ?? '').split(',', 20).map((part) => part.trim().split('=', 2));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time)) return 'UNSIGNED';
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const given = parts.filter(([name]) => name === 'v1').map(([, hex = '']) => Buffer.from(hex, 'hex'));
  const isOurs = given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  if (!isOurs) return 'UNSIGNED';
  return Math.abs(now.getTime() / 1_000 - Number(time)) > TOLERANCE_SECONDS ? 'STALE' : 'VALID';
}
