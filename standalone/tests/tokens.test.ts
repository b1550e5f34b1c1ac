import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestClock, TokenIssuer } from '@supergraph/testkit';
import jsonwebtoken, { type Algorithm, type SignOptions } from 'jsonwebtoken';
import { codeOf, type GraphClient } from './support/graph.client.ts';
import { introduce } from './support/open-socket.ts';
import { newcomer } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const ME = '{ me { id unreadNotificationCount } }';

const clock = new TestClock();
const issuer = new TokenIssuer(clock);
let graph: TestSupergraph;
let adaId: string;

beforeAll(async () => {
  graph = await startTestSupergraph({ clock, trusted: issuer });
  const ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
  adaId = (await ada.queryData('{ me { id } }')).me.id;
}, 60_000);

afterAll(() => graph?.stop());

const seconds = (): number => Math.floor(clock.now().getTime() / 1000);

/** A token as identity signs them, but for what is said here. */
const sign = (claims: object = {}, options: SignOptions = {}): string =>
  issuer.sign({ sub: adaId, ...claims }, options);

function bearing(token: string): GraphClient {
  const client = graph.client();
  client.authorization = `Bearer ${token}`;
  return client;
}

const encode = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Everything else about these is right. */
const refused: Readonly<Record<string, () => string>> = {
  'without a signature': () => jsonwebtoken.sign(unsigned(), '', { algorithm: 'none' as Algorithm }),
  'without a signature, but with the id of our key': () =>
    `${encode({ alg: 'none', kid: issuer.kid })}.${encode(unsigned())}.`,
  'signed with the public key as if it were a shared secret': () => {
    const pem = issuer.publicKey.export({ format: 'pem', type: 'spki' });
    const text = `${encode({ alg: 'HS256', kid: issuer.kid, typ: 'JWT' })}.${encode(unsigned())}`;
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  },
  'of another issuer': () => sign({}, { issuer: 'somebody-else' }),
  'for another audience': () => sign({}, { audience: 'another-product' }),
  'of a key that is not published': () => sign({}, { keyid: 'another-key' }),
  'without a key id': () => jsonwebtoken.sign(unsigned(), issuer.privateKey, { algorithm: 'ES256' }),
  'of a stranger who names our key': () =>
    jsonwebtoken.sign(unsigned(), stranger, { algorithm: 'ES256', keyid: issuer.kid }),
  'that has expired': () => sign({ exp: seconds() - 1 }),
  'that ends at this moment': () => sign({ exp: seconds() }),
  'that holds from the next minute on': () => sign({ nbf: seconds() + 60 }),
  'that was tampered with': () => {
    const [head, , signature] = sign().split('.');
    return `${head}.${encode({ ...unsigned(), roles: ['SUPER_ADMIN'] })}.${signature}`;
  },
  'whose signature is cut short': () => sign().slice(0, -4),
  'of nobody': () => sign({ sub: 'root' }),
  'that is none at all': () => 'not.a.token',
};

function unsigned(): object {
  const iat = seconds();
  return { iss: 'supergraph-identity', aud: 'supergraph', sub: adaId, roles: [], scope: '', iat, exp: iat + 60 };
}

describe('a token that holds', () => {
  it('is taken over HTTP, by every subgraph, and by a socket', async () => {
    expect(await bearing(sign()).queryData(ME)).toEqual({
      me: { id: adaId, unreadNotificationCount: expect.any(Number) },
    });
    expect(await introduce(graph.url, sign())).toBe('acknowledged');
  });
});

describe('a token', () => {
  it.each(Object.keys(refused))('%s is refused over HTTP and by a socket', async (name) => {
    const token = refused[name]!();
    const answer = await bearing(token).query(ME);
    expect({ ...answer }).toEqual({
      status: 401,
      errors: [{ message: 'The access token is not valid', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await introduce(graph.url, token)).toBe(4403);
  });

  it.each(Object.keys(refused))('%s is refused by each subgraph, whatever the gateway may think', async (name) => {
    const authorization = `Bearer ${refused[name]!()}`;
    for (const subgraph of ['identity', 'messaging']) {
      const answer = await graph.subgraph(subgraph).query('{ __typename }', { authorization });
      expect({ ...answer, status: 200 }).toEqual({
        status: 200,
        errors: [{ message: 'The access token is not valid.', extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });

  it('of another scheme is not taken for none', async () => {
    const client = graph.client();
    client.authorization = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
    expect(codeOf(await client.query('{ me { id } }'))).toBe('UNAUTHENTICATED');
  });
});
