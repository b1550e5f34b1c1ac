import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyCall } from '@supergraph/protocol';
import type { GatewaySettingsInput } from '../src/settings.ts';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { eventually } from './support/eventually.ts';
import { Library } from './support/library.ts';

const SECRET = 'a secret of the test and nobody else';
const NOW = new Date('2026-11-20T12:00:00Z');

describe('A call to a subgraph', () => {
  let library: Library;
  let gateway: RunningGateway | undefined;

  beforeEach(async () => {
    library = await new Library().start();
  });

  afterEach(async () => {
    await gateway?.stop();
    await library.stop();
  });

  async function start(settings: GatewaySettingsInput = {}): Promise<RunningGateway> {
    gateway = await startTestGateway(
      { supergraphSdl: library.supergraphSdl, ...settings },
      { clock: { now: () => NOW } },
    );
    return gateway;
  }

  it('is signed over method, body and the authorization it forwards', async () => {
    await ask(await start({ signingSecret: SECRET }), '{ topBook { title } }', {
      headers: { authorization: 'Bearer x' },
    });
    const { headers, body } = library.books.calls[0]!;
    const signature = headers['x-supergraph-signature'] as string;
    const verdict = (call: { method: string; body: string; authorization?: string }) =>
      verifyCall(SECRET, call, signature, NOW.getTime());
    expect(verdict({ method: 'POST', body, authorization: headers.authorization })).toBe('valid');
    expect(verdict({ method: 'POST', body, authorization: 'Bearer y' })).toBe('forged');
    expect(verdict({ method: 'POST', body: `${body} `, authorization: headers.authorization })).toBe('forged');
  });

  it('is signed again when it is repeated', async () => {
    const running = await start({ signingSecret: SECRET });
    library.books.misbehaviours.push((request) => request.socket.destroy());
    await ask(running, '{ topBook { title } }');
    expect(library.books.calls.map(({ headers }) => headers['x-supergraph-signature'])).toEqual([
      expect.stringMatching(/^t=/),
      expect.stringMatching(/^t=/),
    ]);
  });

  it('is not repeated when its answer had begun: whoever broke off had work with it already', async () => {
    library.books.misbehaviours.push((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":', () => request.socket.destroy());
    });
    const { errors } = await ask(await start(), '{ topBook { title } }');
    expect(errors![0]!.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'books' });
    expect(library.books.calls).toHaveLength(1);
  });

  it('goes out unsigned to the subgraphs of others', async () => {
    await ask(await start(), '{ topBook { title } }');
    expect(library.books.calls[0]!.headers['x-supergraph-signature']).toBeUndefined();
  });

  it('carries what the contract names and nothing else a client sent', async () => {
    await ask(await start(), '{ topBook { title } }', {
      headers: {
        ...{
          authorization: 'Bearer x',
          'user-agent': 'Reader/1.0',
          'accept-language': 'fr',
          'x-correlation-id': 'abc-12345',
        },
        ...{
          cookie: 'session=1',
          'x-user-id': '1',
          'x-client-address': '6.6.6.6',
          'x-supergraph-signature': 'mine',
          'x-tenant': 'acme',
        },
      },
    });
    const { headers } = library.books.calls[0]!;
    expect(headers).toMatchObject({
      ...{
        authorization: 'Bearer x',
        'user-agent': 'Reader/1.0',
        'accept-language': 'fr',
        'x-correlation-id': 'abc-12345',
      },
      'x-client-address': '127.0.0.1',
    });
    const connection = ['host', 'connection', 'content-length', 'content-type', 'accept'];
    const contract = ['authorization', 'user-agent', 'accept-language', 'x-correlation-id', 'x-client-address'];
    expect(Object.keys(headers).sort()).toEqual([...connection, ...contract].sort());
  });

  it('carries further headers when the operator names them', async () => {
    await ask(await start({ forwardedHeaders: ['X-Tenant'] }), '{ topBook { title } }', {
      headers: { 'x-tenant': 'acme' },
    });
    expect(library.books.calls[0]!.headers['x-tenant']).toBe('acme');
  });

  it.each(['x-client-address', 'X-Supergraph-Signature', 'host', 'content-length'])(
    'can never be given a client’s %s',
    (name) => expect(start({ forwardedHeaders: [name] })).rejects.toThrow('is a header the gateway sets itself'),
  );

  it('tells the address a trusted proxy saw, whatever the client claims', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' };
    await ask(await start({ trustedProxies: 1 }), '{ topBook { title } }', { headers });
    expect(library.books.calls[0]!.headers['x-client-address']).toBe('203.0.113.9');
  });

  it('goes to another address when the operator says so', async () => {
    const elsewhere = await new Library().start();
    const sdl = library.supergraphSdl;
    const running = await startTestGateway({ supergraphSdl: sdl, subgraphUrls: { books: elsewhere.books.url } });
    expect((await ask(running, '{ topBook { title } }')).data).toEqual({ topBook: { title: 'Persuasion' } });
    expect([library.books.calls.length, elsewhere.books.calls.length]).toEqual([0, 1]);
    await running.stop();
    await elsewhere.stop();
  });

  it('is given up when its answer is larger than it may be, and not read to its end', async () => {
    const running = await start({ subgraphAnswerLimit: 10_000 });
    const titled = (length: number) => JSON.stringify({ data: { topBook: { title: 'x'.repeat(length) } } });
    let left = 0;
    library.books.misbehaviours.push(
      (_, response) => void response.end(titled(9_000)),
      (_, response) => void response.end(titled(11_000)),
      (_, response) => {
        // Without a length and without an end: what has come counts, not what was announced.
        response.once('close', () => (left += 1));
        response.write(titled(11_000));
      },
    );
    expect((await ask(running, '{ topBook { title } }')).data.topBook.title).toHaveLength(9_000);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { data, errors } = await ask(running, '{ topBook { title } }');
      expect(data).toEqual({ topBook: null });
      expect(errors![0]!.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'books' });
    }
    await eventually(() => left === 1);
  });

  describe('that is the same as one under way', () => {
    const QUERY = '{ books { id title } }';

    it('is made all the same by default', async () => {
      const running = await start();
      library.books.delayMs = 50;
      await Promise.all([ask(running, QUERY), ask(running, QUERY)]);
      expect(library.books.calls).toHaveLength(2);
    });

    it('is shared when asked for, without sharing what is merged into', async () => {
      const running = await start({ deduplicate: true });
      library.readers.delayMs = 50;
      const queries = ['{ readers { favourites { id } } }', '{ readers { favourites { id title } } }'];
      const [plain, joined, again] = await Promise.all(
        [queries[0]!, queries[1]!, queries[1]!].map((query) => ask(running, query)),
      );
      expect(library.readers.calls).toHaveLength(2);
      expect(plain!.data.readers[1].favourites).toEqual([{ id: 'b' }]);
      expect(joined!.data.readers[1].favourites).toEqual([{ id: 'b', title: 'Persuasion' }]);
      expect(again!.data).toEqual(joined!.data);
    });

    it('is never shared between users, nor between mutations', async () => {
      const running = await start({ deduplicate: true });
      library.books.delayMs = 50;
      await Promise.all(
        ['Bearer a', 'Bearer b'].map((authorization) => ask(running, QUERY, { headers: { authorization } })),
      );
      expect(library.books.calls).toHaveLength(2);
      await Promise.all([ask(running, 'mutation { lend(id: "a") }'), ask(running, 'mutation { lend(id: "a") }')]);
      expect(library.lent).toBe(2);
    });
  });
});
