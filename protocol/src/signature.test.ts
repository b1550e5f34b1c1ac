import { describe, expect, it } from '@jest/globals';
import { SIGNATURE_LIFETIME_MS, signCall, verifyCall } from './signature.ts';

const secret = 'a secret between gateway and subgraphs';
const call = { method: 'POST', body: '{"query":"{ me { id } }"}', authorization: 'Bearer one' };
const now = 1_790_000_000_000;
const signature = signCall(secret, call, now);

describe('a signature', () => {
  it('holds for the very call it was made for, whatever the case of its method', () => {
    expect(verifyCall(secret, call, signature, now)).toBe('valid');
    expect(verifyCall(secret, { ...call, method: 'post' }, signature, now)).toBe('valid');
  });

  it.each([
    ['another body', { ...call, body: '{}' }],
    ['another method', { ...call, method: 'GET' }],
    ["another user's token", { ...call, authorization: 'Bearer two' }],
    ['no token', { method: call.method, body: call.body }],
    [
      'parts shifted into one another',
      { method: 'POST', body: '', authorization: `${call.authorization}\n${call.body}` },
    ],
  ])('is forged for %s', (_what, other) => {
    expect(verifyCall(secret, other, signature, now)).toBe('forged');
  });

  it('is forged when somebody else signed, or its time was changed', () => {
    expect(verifyCall('another secret altogether', call, signature, now)).toBe('forged');
    expect(verifyCall(secret, call, signature.replace(String(now), String(now + 1)), now)).toBe('forged');
  });

  it('is stale after 30 seconds, and when it comes from the future', () => {
    expect(verifyCall(secret, call, signature, now + SIGNATURE_LIFETIME_MS)).toBe('valid');
    expect(verifyCall(secret, call, signature, now + SIGNATURE_LIFETIME_MS + 1)).toBe('stale');
    expect(verifyCall(secret, call, signature, now - SIGNATURE_LIFETIME_MS - 1)).toBe('stale');
  });

  it.each([undefined, '', 'v1=abc', 't=1,v1=xyz', `t=${now}`, `${signature}0`])(
    'is refused when it is %p',
    (header) => {
      expect(['missing', 'malformed']).toContain(verifyCall(secret, call, header, now));
    },
  );
});
