import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonwebtoken, { type Algorithm, type SignOptions } from 'jsonwebtoken';
import { startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;
let ada: Person;
let signing: { kid: string; privateKey: KeyObject };

beforeAll(async () => {
  subgraph = await startIdentity();
  ada = await member(subgraph);
  signing = await subgraph.running.runtime.services.signingKeys.current();
});

afterAll(() => subgraph.stop());

const me = (token: string) => subgraph.client.query('{ me { id } }', { authorization: `Bearer ${token}` });

const seconds = (): number => Math.floor(subgraph.clock.now().getTime() / 1000);

/** Signs with the key that identity itself signs with. */
function sign(claims: object = {}, options: SignOptions = {}): string {
  const payload = { sub: ada.id, iat: seconds(), exp: seconds() + 60, roles: [], scope: '', ...claims };
  return jsonwebtoken.sign(payload, signing.privateKey, {
    algorithm: 'ES256',
    keyid: signing.kid,
    issuer: 'supergraph-identity',
    audience: 'supergraph',
    ...options,
  });
}

test('a token of identity holds', async () => {
  expect(await me(ada.tokens.accessToken)).toEqual({ data: { me: { id: ada.id } } });
  expect(await me(sign())).toEqual({ data: { me: { id: ada.id } } });
});

test('no token is nobody, who has no me', async () => {
  expect(codeOf(await subgraph.client.query('{ me { id } }'))).toBe('UNAUTHENTICATED');
});

describe('refused with UNAUTHENTICATED is a token', () => {
  const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  const refused: Record<string, () => string | Promise<string>> = {
    'without a signature': () => jsonwebtoken.sign({ sub: ada.id }, '', { algorithm: 'none' as Algorithm }),
    'signed with the public key as an HMAC secret': async () => {
      const jwks = await subgraph.running.runtime.services.signingKeys.publicKeySet();
      const pem = createPublicKey({ key: jwks.keys[0]!, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
      const unsigned = `${encode({ alg: 'HS256', kid: signing.kid })}.${encode({ sub: ada.id, exp: seconds() + 60 })}`;
      return `${unsigned}.${createHmac('sha256', pem).update(unsigned).digest('base64url')}`;
    },
    'of another issuer': () => sign({}, { issuer: 'somebody-else' }),
    'for another audience': () => sign({}, { audience: 'another-product' }),
    'of a key that is not ours': () => sign({}, { keyid: 'another-key' }),
    'of a stranger who names our key': () =>
      jsonwebtoken.sign({ sub: ada.id, exp: seconds() + 60 }, stranger, {
        algorithm: 'ES256',
        keyid: signing.kid,
        issuer: 'supergraph-identity',
        audience: 'supergraph',
      }),
    'that has expired': () => sign({ exp: seconds() - 1 }),
    'that does not hold yet': () => sign({ nbf: seconds() + 60 }),
    'that was changed': () => {
      const [head, , tail] = sign().split('.');
      return `${head}.${encode({ sub: ada.id, roles: ['SUPER_ADMIN'], exp: seconds() + 60 })}.${tail}`;
    },
    'that is none at all': () => 'not.a.token',
  };

  test.each(Object.keys(refused))('%s', async (name) => {
    const answer = await me(await refused[name]!());
    expect(codeOf(answer)).toBe('UNAUTHENTICATED');
    expect(answer.data ?? null).toBeNull();
  });
});

test('an access token ends after fifteen minutes', async () => {
  const eve = await member(subgraph);
  subgraph.clock.advance({ minutes: 14, seconds: 59 });
  expect(codeOf(await eve.query('{ me { id } }'))).toBeUndefined();
  subgraph.clock.advance({ seconds: 2 });
  expect(codeOf(await eve.query('{ me { id } }'))).toBe('UNAUTHENTICATED');
});

test('a header that names a user means nothing', async () => {
  const answer = await subgraph.client.query('{ me { id } }', {
    headers: { 'x-user-id': ada.id, 'x-user-roles': 'SUPER_ADMIN' },
  });
  expect(codeOf(answer)).toBe('UNAUTHENTICATED');
});
