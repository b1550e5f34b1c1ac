import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gatewaySettings } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';

const QUERY = '{ topBook { title } }';

describe('A page of another origin', () => {
  let library: Library;
  let gateway: RunningGateway;
  let url: string;

  beforeAll(async () => {
    library = await new Library().start();
    const corsOrigins = ['https://shop.example', 'https://*.partner.example', 'http://*.dev.example:8080'];
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, corsOrigins });
    url = `http://127.0.0.1:${gateway.port}/graphql`;
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  const preflight = (origin: string, asked = 'authorization,content-type') =>
    call(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
    });
  const ofCors = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control'));

  it('may call us when its origin is listed, and remembers so for a day', async () => {
    const { status, headers } = await preflight('https://shop.example');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-allow-methods': 'GET, POST',
      'access-control-max-age': '86400',
      vary: 'origin, access-control-request-headers',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('may read the answer and what is told in its headers', async () => {
    const { headers } = await ask(gateway, QUERY, { headers: { origin: 'https://shop.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-expose-headers')).toMatch(/^x-correlation-id, retry-after, ratelimit,/);
    expect(headers.get('vary')).toContain('origin');
  });

  it('may read also why it was refused', async () => {
    const { status, headers } = await call(url, { method: 'PUT', headers: { origin: 'https://shop.example' } });
    expect([status, headers['access-control-allow-origin']]).toEqual([405, 'https://shop.example']);
  });

  it.each([
    ['https://a.partner.example', true],
    ['https://a.b.partner.example', true],
    ['http://x.dev.example:8080', true],
    ['https://partner.example', false],
    ['http://a.partner.example', false],
    ['https://a.partner.example:444', false],
    ['https://evilpartner.example', false],
    ['https://a.partner.example.evil.example', false],
    ['https://evil.example/.partner.example', false],
    ['https://evil.example#.partner.example', false],
    ['https://.partner.example', false],
    ['http://shop.example', false],
    ['https://shop.example.evil.example', false],
    ['null', false],
  ])('at %s is let in: %s', async (origin, isAllowed) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(ofCors(headers).length > 0).toBe(isAllowed);
    // Also who was refused is told that the answer depends on who asks.
    expect(headers.vary).toContain('origin');
    const answer = await call(url, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{"query":"{__typename}"}',
    });
    expect(ofCors(answer.headers).length > 0).toBe(isAllowed);
  });

  it('gets no list of headers back that is none', async () => {
    const { headers } = await preflight('https://shop.example', 'a'.repeat(2_000));
    expect(headers).not.toHaveProperty('access-control-allow-headers');
  });

  it('may be any where all are let in, and then the answer is the same for all', async () => {
    const open = await startTestGateway({ supergraphSdl: library.supergraphSdl, corsOrigins: ['*'] });
    const { headers } = await ask(open, QUERY, { headers: { origin: 'https://anybody.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('vary') ?? '').not.toContain('origin');
    await open.stop();
  });

  it('cannot be listed in a way that would never match', () => {
    const listed = (origin: string) => gatewaySettings.safeParse({ corsOrigins: [origin] }).success;
    for (const good of ['*', 'null', 'https://shop.example', 'http://localhost:3000', 'capacitor://localhost']) {
      expect([good, listed(good)]).toEqual([good, true]);
    }
    for (const bad of ['shop.example', 'https://shop.example/', 'https://Shop.example', 'https://a.*.example', '']) {
      expect([bad, listed(bad)]).toEqual([bad, false]);
    }
  });
});
