import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';

const QUERY = '{ topBook { title } }';
const MUTATION = 'mutation { lend(id: "a") }';
const SHOP = 'https://shop.example';
const FOREIGN = 'https://evil.example';
const json = { 'content-type': 'application/json' };

describe('A request that nobody meant to send', () => {
  let library: Library;
  let gateway: RunningGateway;
  let url: string;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, corsOrigins: [SHOP] });
    url = `http://127.0.0.1:${gateway.port}/graphql`;
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  beforeEach(() => {
    library.books.calls.length = 0;
  });

  const get = (headers: OutgoingHttpHeaders) => call(`${url}?query=${encodeURIComponent(QUERY)}`, { headers });
  const post = (headers: OutgoingHttpHeaders) =>
    call(url, { method: 'POST', headers, body: JSON.stringify({ query: MUTATION }) });

  describe('is refused when it is', () => {
    it.each<string | undefined>([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
    ])('a form of type %s, from whatever browser', async (type) => {
      const form: Record<string, string> = type ? { 'content-type': type } : {};
      for (const browser of [undefined, { origin: FOREIGN }, { origin: FOREIGN, 'sec-fetch-site': 'cross-site' }]) {
        expect([403, 415]).toContain((await post({ ...form, ...browser })).status);
      }
      // Not for us either: whoever means it sends JSON.
      expect((await post({ ...form, origin: SHOP, 'sec-fetch-site': 'cross-site' })).status).toBe(415);
      expect((await post({ ...form, 'apollo-require-preflight': '1' })).status).toBe(415);
      expect(library.lent).toBe(0);
    });

    it.each([
      [
        'an image on a foreign page',
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', accept: 'image/*,*/*' },
      ],
      ['an image on a neighbouring subdomain', { 'sec-fetch-site': 'same-site', accept: '*/*' }],
      ['a link on a foreign page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: '*/*' }],
      ['a script of a foreign page', { 'sec-fetch-site': 'cross-site', origin: FOREIGN, accept: 'application/json' }],
      ['from a sandboxed frame', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
      ['a script in a browser that does not tell the site', { origin: FOREIGN }],
      ['an image in a browser that tells nothing but its cookies', { cookie: 'session=1' }],
      [
        'one with a header that a preflight would not have allowed',
        { 'sec-fetch-site': 'cross-site', 'apollo-require-preflight': '1' },
      ],
    ])('%s', async (_, headers) => {
      const reply = await get(headers);
      expect([reply.status, reply.json().errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
      expect(library.books.calls).toEqual([]);
    });

    it('JSON from a foreign page, should a browser ever let it pass', async () => {
      expect((await post({ ...json, origin: FOREIGN, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect(library.lent).toBe(0);
    });
  });

  describe('is not', () => {
    it.each([
      ['curl', {}],
      ['a server', { accept: 'application/json', authorization: 'Bearer x' }],
      ['our own page', { 'sec-fetch-site': 'same-origin' }],
      [
        'our own page in a browser that does not tell, with a header for it',
        { cookie: 'session=1', 'apollo-require-preflight': '1' },
      ],
      ['an address that somebody typed', { 'sec-fetch-site': 'none', cookie: 'session=1' }],
      ['a page of an allowed origin', { origin: SHOP, 'sec-fetch-site': 'cross-site' }],
      ['a page of an allowed origin in a browser that does not tell', { origin: SHOP }],
    ])('a query of %s', async (_, headers) => {
      const reply = await get(headers);
      expect([reply.status, reply.json()]).toEqual([200, { data: { topBook: { title: 'Persuasion' } } }]);
    });

    it.each([
      ['curl', {}],
      ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://api.example' }],
      ['a page of an allowed origin', { origin: SHOP, 'sec-fetch-site': 'cross-site' }],
    ])('a mutation of %s', async (_, headers) => {
      const before = library.lent;
      expect((await post({ ...json, ...headers })).json()).toEqual({ data: { lend: before + 1 } });
    });
  });
});
