import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { bearerToken, InvalidAccessToken, verifyAccessToken } from './access-token.ts';

const now = new Date('2026-11-20T12:00:00Z');
const seconds = now.getTime() / 1000;
const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rules = {
  issuer: 'supergraph-identity',
  audience: 'supergraph',
  clock: { now: () => now },
  keys: { find: async (kid: string) => (kid === 'k1' ? ours.publicKey : undefined) },
};
const claims = {
  sub: '0198c0de-0000-7000-8000-000000000001',
  iss: 'supergraph-identity',
  aud: 'supergraph',
  iat: seconds,
  exp: seconds + 900,
};

const sign = (payload: object = {}, options: jsonwebtoken.SignOptions = {}, key: KeyObject = ours.privateKey): string =>
  jsonwebtoken.sign({ ...claims, ...payload }, key, { algorithm: 'ES256', keyid: 'k1', ...options });

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with our public key as if it were an HMAC secret: works on verifiers that believe the token's own header. */
function confused(): string {
  const head = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claims)}`;
  const secret = ours.publicKey.export({ type: 'spki', format: 'pem' });
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = sign().split('.');
  return `${header}.${encode({ ...claims, roles: ['SUPER_ADMIN'] })}.${signature}`;
}

describe('an access token', () => {
  it('that holds gives its claims, with nothing granted that it does not say', async () => {
    const verified = await verifyAccessToken(sign(), rules);
    expect(verified).toMatchObject({ sub: claims.sub, roles: [], scope: '' });
  });

  it.each<[string, () => string]>([
    ['has no signature', () => `${encode({ alg: 'none', kid: 'k1' })}.${encode(claims)}.`],
    ['is signed with our public key by HMAC', confused],
    ['was changed afterwards', tampered],
    ['is signed by somebody else', () => sign({}, {}, theirs.privateKey)],
    ['names no key', () => jsonwebtoken.sign(claims, ours.privateKey, { algorithm: 'ES256' })],
    ['names a key we do not know', () => sign({}, { keyid: 'k2' })],
    ['has another issuer', () => sign({ iss: 'somebody' })],
    ['is for another audience', () => sign({ aud: 'something' })],
    ['is expired', () => sign({ iat: seconds - 1000, exp: seconds - 1 })],
    ['is not valid yet', () => sign({ nbf: seconds + 60 })],
    ['has no user', () => sign({ sub: 'root' })],
    ['is no token', () => 'nonsense'],
    ['is empty inside', () => '..'],
  ])('is refused when it %s', async (_what, make) => {
    await expect(verifyAccessToken(make(), rules)).rejects.toThrow(InvalidAccessToken);
  });
});

it('is read from a bearer header and from no other', () => {
  expect(bearerToken('Bearer abc.def')).toBe('abc.def');
  expect(bearerToken('bearer abc')).toBe('abc');
  for (const header of [undefined, '', 'Basic abc', 'Bearer', 'Bearer a b'])
    expect(bearerToken(header)).toBeUndefined();
});
