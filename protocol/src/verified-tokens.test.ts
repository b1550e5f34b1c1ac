import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { InvalidAccessToken } from './access-token.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const SUB = '0198c0de-0000-7000-8000-000000000001';
const START = Date.parse('2026-11-20T12:00:00Z') / 1_000;

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('a token that was verified before', () => {
  const first = pair();
  let keys: Map<string, KeyObject>;
  let seconds: number;
  let tokens: VerifiedTokens;

  beforeEach(() => {
    keys = new Map([['k1', first.publicKey]]);
    seconds = START;
    tokens = new VerifiedTokens({
      issuer: 'identity',
      audience: 'graph',
      clock: { now: () => new Date(seconds * 1_000) },
      keys: { find: async (kid) => keys.get(kid) },
    });
  });

  const sign = (claims: object = {}, key: KeyObject = first.privateKey): string =>
    jsonwebtoken.sign({ sub: SUB, iat: START, exp: START + 900, ...claims }, key, {
      ...{ algorithm: 'ES256', keyid: 'k1', issuer: 'identity', audience: 'graph' },
    });

  it('is not verified again', async () => {
    const token = sign();
    const claims = await tokens.verify(token);
    expect(await tokens.verify(token)).toBe(claims);
    expect(claims).toMatchObject({ sub: SUB, scope: '' });
  });

  it('holds until the second it expires in, and not then', async () => {
    const token = sign();
    await tokens.verify(token);
    seconds = START + 899.9;
    await tokens.verify(token);
    seconds = START + 900;
    for (let time = 0; time < 2; time += 1) await expect(tokens.verify(token)).rejects.toThrow(InvalidAccessToken);
  });

  it('holds no longer than the key that signed it', async () => {
    const token = sign();
    await tokens.verify(token);
    keys.delete('k1');
    await expect(tokens.verify(token)).rejects.toThrow(InvalidAccessToken);
  });

  it('is verified again when another key has taken the name of its own', async () => {
    const token = sign();
    await tokens.verify(token);
    keys.set('k1', pair().publicKey);
    await expect(tokens.verify(token)).rejects.toThrow(InvalidAccessToken);
  });

  it('says nothing for one that differs by a letter', async () => {
    const token = sign();
    await tokens.verify(token);
    const last = token.at(-1) === 'A' ? 'Q' : 'A';
    await expect(tokens.verify(token.slice(0, -1) + last)).rejects.toThrow(InvalidAccessToken);
    await expect(tokens.verify(sign({}, pair().privateKey))).rejects.toThrow(InvalidAccessToken);
  });

  it('cannot be given more rights by whoever got its claims', async () => {
    const claims = await tokens.verify(sign());
    expect(() => Object.assign(claims, { scope: 'everything' })).toThrow(TypeError);
  });
});
