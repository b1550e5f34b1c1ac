import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { bearerToken, verifyAccessToken } from '@supergraph/protocol';
import jsonwebtoken from 'jsonwebtoken';
import type { Authenticate } from '../../src/identity/authentication.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ISSUED = { algorithm: 'ES256', keyid: 'key-1', issuer: 'identity', audience: 'graph' } as const;

/** A token as identity would sign it. */
export function tokenFor(sub: string = randomUUID(), lifetimeSeconds = 900, claims: object = {}): string {
  return jsonwebtoken.sign(
    { ...claims, sub, exp: Math.floor(Date.now() / 1000) + lifetimeSeconds },
    privateKey,
    ISSUED,
  );
}

/** Verifies those tokens as the gateway does, with the key at hand instead of a key set. */
export const authenticate: Authenticate = async (authorization) => {
  const token = bearerToken(authorization);
  if (!token) return undefined;
  return verifyAccessToken(token, { issuer: 'identity', audience: 'graph', keys: { find: async () => publicKey } });
};
