import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import type { RunningGateway } from '../src/start-gateway.ts';
import { type Answer, ask, startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';
import { RawSocket } from './support/raw-socket.ts';
import { createKey, TokenIssuer, USER } from './support/token-issuer.ts';

const MIDDLE_OF_THE_TOKEN = 40;

describe('An access token', () => {
  let library: Library;
  let issuer: TokenIssuer;
  let gateway: RunningGateway;

  beforeAll(async () => {
    library = await new Library().start();
    issuer = await new TokenIssuer().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, jwksUrl: issuer.jwksUrl });
  });

  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
    await library.stop();
  });

  const askWith = (authorization: string, on = gateway): Promise<Answer> =>
    ask(on, '{ topBook { title } }', { headers: { authorization } });

  it('that holds is accepted and forwarded as it came', async () => {
    const token = issuer.token();
    const { status, data } = await askWith(`Bearer ${token}`);
    expect(status).toBe(200);
    expect(data.topBook.title).toBe('Persuasion');
    expect(library.books.calls.at(-1)!.headers.authorization).toBe(`Bearer ${token}`);
  });

  it('is not needed: without one the caller is anonymous', async () => {
    expect((await ask(gateway, '{ topBook { title } }')).status).toBe(200);
  });

  const unsigned = (header: object, claims: object): string =>
    [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const claims = () => ({
    ...{ sub: USER, iss: 'supergraph-identity', aud: 'supergraph' },
    ...{ iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 900 },
  });
  const kid = () => issuer.keys[0]!.kid;

  it.each<[string, () => string]>([
    ['with algorithm none', () => `${unsigned({ alg: 'none', kid: kid() }, claims())}.`],
    [
      'signed by HS256 with the public key',
      () => {
        const content = unsigned({ alg: 'HS256', kid: kid() }, claims());
        const publicKey = issuer.keys[0]!.publicKey.export({ format: 'pem', type: 'spki' });
        return `${content}.${createHmac('sha256', publicKey).update(content).digest('base64url')}`;
      },
    ],
    ['of another issuer', () => issuer.token({ issuer: 'somebody' })],
    ['for another audience', () => issuer.token({ audience: 'somebody' })],
    ['of an unknown key', () => issuer.token({ keyid: 'unknown' })],
    ['without a key id', () => jsonwebtoken.sign(claims(), issuer.keys[0]!.privateKey, { algorithm: 'ES256' })],
    [
      'of another key under a known id',
      () => jsonwebtoken.sign(claims(), createKey('x').privateKey, { algorithm: 'ES256', keyid: kid() }),
    ],
    ['that has expired', () => issuer.token({ expiresIn: -1 })],
    ['that is not valid yet', () => issuer.token({ notBefore: 60 })],
    ['whose claims are not ours', () => issuer.token({}, { roles: 'all of them' })],
    [
      'that was tampered with',
      () => {
        const token = issuer.token();
        const other = token[MIDDLE_OF_THE_TOKEN + 60] === 'A' ? 'B' : 'A';
        return token.slice(0, MIDDLE_OF_THE_TOKEN + 60) + other + token.slice(MIDDLE_OF_THE_TOKEN + 61);
      },
    ],
    ['that is none', () => 'nonsense'],
  ])('%s is refused, and with it the whole request', async (_, token) => {
    const callsBefore = library.books.calls.length;
    const { status, data, errors, headers } = await askWith(`Bearer ${token()}`);
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toEqual([{ message: 'The access token is not valid', extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(library.books.calls).toHaveLength(callsBefore);
  });

  it('of a new key is accepted at once, and those of the old one still are', async () => {
    const rotating = await new TokenIssuer().start();
    // Its key set may be asked for once a second, and the first token does that now.
    const watched = await startTestGateway({ supergraphSdl: library.supergraphSdl, jwksUrl: rotating.jwksUrl });
    const old = rotating.token();
    expect((await askWith(`Bearer ${old}`, watched)).status).toBe(200);
    rotating.rotate('second');
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const fresh = rotating.token();
    const answers = await Promise.all(
      [fresh, old, fresh, old, fresh].map((token) => askWith(`Bearer ${token}`, watched)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await watched.stop();
    await rotating.stop();
  });

  it('that cannot be judged while its issuer was never seen is not called bad', async () => {
    const away = await new TokenIssuer().start();
    const jwksUrl = away.jwksUrl;
    const token = away.token();
    await away.stop();
    const watched = await startTestGateway({ supergraphSdl: library.supergraphSdl, jwksUrl });
    const { status, errors } = await askWith(`Bearer ${token}`, watched);
    expect([status, errors?.[0]?.extensions]).toEqual([503, { code: 'SUBGRAPH_UNAVAILABLE' }]);
    const socket = await RawSocket.open(watched.url.replace('http', 'ws'));
    socket.send({ type: 'connection_init', payload: { token } });
    expect((await socket.closed).code).toBe(1013);
    await watched.stop();
  });

  it('is merely forwarded where no identity is configured', async () => {
    const plain = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    expect((await askWith('Bearer of bad news', plain)).status).toBe(200);
    expect(library.books.calls.at(-1)!.headers.authorization).toBe('Bearer of bad news');
    await plain.stop();
  });
});
