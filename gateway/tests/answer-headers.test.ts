import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';

const json = { 'content-type': 'application/json' };
const WIDE = { maxAliases: 100, maxRootFields: 100 };
const LONG = `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: topBook { title }`).join(' ')} }`;

describe('Every answer', () => {
  let library: Library;
  let gateway: RunningGateway;
  let root: string;

  beforeAll(async () => {
    library = await new Library().start();
    const settings = { ...WIDE, passedCookies: ['visit', 'theme'], strictTransportSecurity: 86_400 };
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, ...settings });
    root = `http://127.0.0.1:${gateway.port}`;
  });
  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  const post = (query: string, headers: Record<string, string> = {}) =>
    call(`${root}/graphql`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ query }) });

  it.each([
    ['to an operation', () => post('{ topBook { title } }')],
    ['to a bad one', () => post('{ nothing }')],
    ['to a refused one', () => call(`${root}/graphql`, { method: 'PUT' })],
    ['to a preflight', () => call(`${root}/graphql`, { method: 'OPTIONS' })],
    ['with metrics', () => call(`${root}/metrics`)],
    ['about health', () => call(`${root}/health/live`)],
    ['that there is nothing', () => call(`${root}/nothing`)],
    ['with GraphiQL', () => call(`${root}/`)],
  ])('%s tells browsers what they may do with it', async (_, ask) => {
    const { headers } = await ask();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=86400',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers['cache-control']).toMatch(/^no-(store|cache)$/);
  });

  it('has a correlation id, also when it is that there is nothing', async () => {
    for (const path of ['/nothing', '/graphql']) {
      expect((await call(root + path, { method: 'DELETE' })).headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  describe('that is long', () => {
    it('is compressed for who accepts it', async () => {
      const plain = await post(LONG);
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect(plain.headers.vary).toContain('accept-encoding');
      const br = await post(LONG, { 'accept-encoding': 'gzip, br' });
      expect([br.headers['content-encoding'], br.headers['content-length']]).toEqual(['br', String(br.body.length)]);
      expect(brotliDecompressSync(br.body)).toEqual(plain.body);
      const gzip = await post(LONG, { 'accept-encoding': 'gzip' });
      expect(gunzipSync(gzip.body)).toEqual(plain.body);
      expect(gzip.body.length).toBeLessThan(plain.body.length / 4);
    });

    it('is left as it is when it is short, or when that is wanted', async () => {
      const short = await post('{ topBook { title } }', { 'accept-encoding': 'br' });
      expect(short.headers).not.toHaveProperty('content-encoding');
      const without = await startTestGateway({
        supergraphSdl: library.supergraphSdl,
        compression: false,
        ...WIDE,
      });
      const { headers } = await call(`http://127.0.0.1:${without.port}/graphql`, {
        ...{ method: 'POST', headers: { ...json, 'accept-encoding': 'br' }, body: JSON.stringify({ query: LONG }) },
      });
      expect(headers).not.toHaveProperty('content-encoding');
      await without.stop();
    });
  });

  describe('of subgraphs that set cookies', () => {
    const answering = (subgraph: 'books' | 'readers', data: object, cookies: string[]) =>
      library[subgraph].misbehaviours.push((_, response) => {
        response.setHeader('set-cookie', cookies).end(JSON.stringify({ data }));
      });

    it('sets those that may pass, of all subgraphs together', async () => {
      answering('books', { topBook: { title: 'Emma' } }, ['visit=1; HttpOnly; Secure', 'session=secret']);
      answering('readers', { oddCount: 3 }, ['theme=dark; Path=/']);
      const { headers } = await post('{ topBook { title } oddCount }');
      expect([...headers['set-cookie']!].sort()).toEqual(['theme=dark; Path=/', 'visit=1; HttpOnly; Secure']);
      expect(headers['cache-control']).toBe('no-store');
    });

    it('sets none by default, and none of an answer that several have shared', async () => {
      const { supergraphSdl } = library;
      const closed = await startTestGateway({ supergraphSdl });
      const sharing = await startTestGateway({ supergraphSdl, passedCookies: ['visit'], deduplicate: true });
      for (const { port } of [closed, sharing]) {
        answering('books', { topBook: { title: 'Emma' } }, ['visit=1']);
        const reply = await call(
          `http://127.0.0.1:${port}/graphql?query=${encodeURIComponent('{ topBook { title } }')}`,
        );
        expect(reply.json()).toEqual({ data: { topBook: { title: 'Emma' } } });
        expect(reply.headers).not.toHaveProperty('set-cookie');
      }
      await Promise.all([closed.stop(), sharing.stop()]);
    });
  });
});
