import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RemoteVerificationKeys, VerificationKeysUnavailable } from './verification-keys.ts';

const publicKeyOf = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid,
});

let server: Server;
let url: string;
let published: object[];
let requests: number;
let status: number;

beforeEach(async (): Promise<void> => {
  [published, requests, status] = [[publicKeyOf('old')], 0, 200];
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(status).end(JSON.stringify({ keys: published }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
});

afterEach(() => void server.close());

describe('keys of an issuer', () => {
  it('are fetched once, however many ask at the same time', async () => {
    const keys = new RemoteVerificationKeys(url);
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.find('old')));
    expect(found.every((key) => key?.asymmetricKeyType === 'ec')).toBe(true);
    expect(requests).toBe(1);
  });

  it('are fetched again for a key that is new', async () => {
    const keys = new RemoteVerificationKeys(url, { minIntervalMs: 0 });
    await keys.find('old');
    published.push(publicKeyOf('new'));
    expect(await keys.find('new')).toBeDefined();
    expect(requests).toBe(2);
  });

  it('are not fetched for each invented key', async () => {
    const keys = new RemoteVerificationKeys(url, { minIntervalMs: 60_000 });
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await keys.find(`invented-${attempt}`)).toBeUndefined();
    expect(requests).toBe(1);
  });

  it('stay in use while the issuer is away, and when it answers nonsense', async () => {
    const keys = new RemoteVerificationKeys(url, { maxAgeMs: 0, minIntervalMs: 0 });
    await keys.find('old');
    status = 500;
    expect(await keys.find('old')).toBeDefined();
    await pause(20);
    expect(await keys.find('old')).toBeDefined();
  });

  it('that were never seen leave it open whether a token holds', async () => {
    status = 500;
    const keys = new RemoteVerificationKeys(url, { minIntervalMs: 0 });
    await expect(keys.find('old')).rejects.toThrow(VerificationKeysUnavailable);
    status = 200;
    expect(await keys.find('old')).toBeDefined();
    expect(await keys.find('invented')).toBeUndefined();
  });

  it('are gone once the issuer has withdrawn them', async () => {
    const keys = new RemoteVerificationKeys(url, { maxAgeMs: 0, minIntervalMs: 0 });
    await keys.find('old');
    published = [publicKeyOf('new')];
    expect(await keys.find('new')).toBeDefined();
    expect(await keys.find('old')).toBeUndefined();
  });
});
