import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { SCOPE } from './supergraph.mjs';

const KEY_ID = 'benchmark';
const HOUR_SECONDS = 3_600;

/**
 * Somebody who is signed in: a token that holds for the whole run, and the key set that a gateway verifies it with.
 *
 * @returns {Promise<{ headers: Record<string, string>, token(): string, jwksUrl: string, close(): void }>} `token` is
 *   that of somebody else each time
 */
export async function createCaller() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'ES256', use: 'sig' }];
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    headers: { authorization: `Bearer ${signToken(privateKey)}` },
    token: () => signToken(privateKey),
    jwksUrl: `http://127.0.0.1:${server.address().port}/jwks.json`,
    close: () => server.close(),
  };
}

function signToken(key) {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'supergraph-identity',
    aud: 'supergraph',
    sub: randomUUID(),
    sid: randomUUID(),
    org: randomUUID(),
    orgRole: 'OWNER',
    roles: ['MEMBER'],
    scope: `${SCOPE} commerce:read commerce:write crm:read crm:write`,
    iat: issuedAt,
    exp: issuedAt + HOUR_SECONDS,
  };
  const content = [{ alg: 'ES256', typ: 'JWT', kid: KEY_ID }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
