import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';
import { RawSocket } from './support/raw-socket.ts';

const QUERY = '{ topBook { title } }';
const ANSWER = { data: { topBook: { title: 'Persuasion' } } };
const NOT_FOUND = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
};

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
const named = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });

describe('A client that sends the hash of its query', () => {
  let library: Library;
  let gateway: RunningGateway;

  beforeAll(async () => {
    library = await new Library().start();
  });
  afterAll(() => library.stop());

  beforeEach(async () => {
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, persistedQueryEntries: 2 });
  });
  afterEach(() => gateway.stop());

  const post = (body: unknown, to = gateway) =>
    call(`http://127.0.0.1:${to.port}/graphql`, {
      method: 'POST',
      // As Apollo Client does.
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json,application/json;q=0.9',
      },
      body: JSON.stringify(body),
    });
  const get = (parameters: Record<string, unknown>) => {
    const strings = Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return call(`http://127.0.0.1:${gateway.port}/graphql?${new URLSearchParams(strings)}`);
  };
  const register = (query: string) => post({ query, ...named(hashOf(query)) });
  // What is known is run, whatever comes of it.
  const isKnown = async (query: string) =>
    (await post(named(hashOf(query)))).json().errors?.[0].extensions.code !== 'PERSISTED_QUERY_NOT_FOUND';

  it('is asked for the query once, and then for no more than the hash', async () => {
    const unknown = await post(named(hashOf(QUERY)));
    // Clients of Apollo for phones take any other status for a failure of the network.
    expect([unknown.status, unknown.json()]).toEqual([200, NOT_FOUND]);
    expect(unknown.headers['cache-control']).toBe('no-store');
    expect((await register(QUERY)).json()).toEqual(ANSWER);
    expect((await post(named(hashOf(QUERY)))).json()).toEqual(ANSWER);
    expect((await get(named(hashOf(QUERY)))).json()).toEqual(ANSWER);
  });

  it('can register by GET, and ask by the id that GraphQL over HTTP has for a hash', async () => {
    expect((await get({ query: QUERY, ...named(hashOf(QUERY)) })).json()).toEqual(ANSWER);
    const documentId = `sha256:${hashOf(QUERY)}`;
    expect((await post({ documentId })).json()).toEqual(ANSWER);
    expect((await get({ documentId })).json()).toEqual(ANSWER);
  });

  it('keeps its operation name, variables and other extensions', async () => {
    const query = 'query A { readers { id } } query B($id: ID!) { reader(id: $id) { name } }';
    const request = { operationName: 'B', variables: { id: '2' } };
    const { extensions } = named(hashOf(query));
    await post({ query, ...request, extensions: { ...extensions, client: 'web' } });
    expect((await post({ ...request, extensions })).json()).toEqual({ data: { reader: { name: 'Ben' } } });
    expect((await get({ ...request, extensions })).json()).toEqual({ data: { reader: { name: 'Ben' } } });
  });

  it('does not mutate by a GET that only names the mutation', async () => {
    const mutation = 'mutation { lend(id: "a") }';
    await register(mutation);
    const before = library.lent;
    expect((await get(named(hashOf(mutation)))).status).toBe(405);
    expect(library.lent).toBe(before);
  });

  it('can do so on a socket, for subscriptions and for what has one result', async () => {
    const socket = await RawSocket.initialised(`ws://127.0.0.1:${gateway.port}/graphql`);
    const ask = async (payload: object) => {
      socket.send({ id: '1', type: 'subscribe', payload });
      const { type, payload: result } = await socket.receive();
      if (type === 'next') await socket.receive();
      return result;
    };
    expect(await ask({ query: '', ...named(hashOf(QUERY)) })).toEqual(NOT_FOUND.errors);
    expect(await ask({ query: QUERY, ...named(hashOf(QUERY)) })).toEqual(ANSWER);
    expect(await ask({ query: '', ...named(hashOf(QUERY)) })).toEqual(ANSWER);
    expect(await ask({ query: '', documentId: `sha256:${hashOf(QUERY)}` })).toEqual(ANSWER);
    socket.socket.close();
    await socket.closed;
  });

  describe('is refused', () => {
    it.each([
      ['a hash that is not of this query', { query: QUERY, ...named(hashOf('{ other }')) }],
      ['a hash that is no text', named(7 as unknown as string)],
      [
        'another version of the protocol',
        { extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(QUERY) } } },
      ],
      ['a query and the id of one', { query: QUERY, documentId: `sha256:${hashOf(QUERY)}` }],
      ['an id that is no text', { documentId: 7 }],
    ])('with %s', async (_, body) => {
      const reply = await post(body);
      expect([reply.status, reply.json().errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
      expect(await isKnown(QUERY)).toBe(false);
    });

    it.each(['query', 'extensions', 'documentId'])('with %s given twice in one address', async (name) => {
      await register(QUERY);
      const known = {
        query: QUERY,
        extensions: named(hashOf(QUERY)).extensions,
        documentId: `sha256:${hashOf(QUERY)}`,
      };
      const value = known[name as keyof typeof known];
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const once = new URLSearchParams([[name, text]]);
      const at = `http://127.0.0.1:${gateway.port}/graphql?`;
      expect((await call(at + String(once))).json()).toEqual(ANSWER);
      once.append(name, text);
      expect((await call(at + String(once))).status).toBe(400);
    });

    it('with an id that nobody knows', async () => {
      const reply = await post({ documentId: 'nobody-knows' });
      expect([reply.status, reply.json().errors[0].extensions.code]).toEqual([404, 'PERSISTED_QUERY_NOT_FOUND']);
    });
  });

  it.each([
    ['does not parse', '{ topBook {'],
    ['does not fit the schema', '{ topBook { colour } }'],
    ['is nested too deep', `{ ${'a{'.repeat(300)}b${'}'.repeat(300)} }`],
  ])('cannot make the gateway remember what %s', async (_, query) => {
    expect((await register(query)).status).toBe(400);
    expect(await isKnown(query)).toBe(false);
  });

  it('cannot make the gateway remember more than it may', async () => {
    const queries = ['a', 'b', 'c'].map((alias) => `{ ${alias}: topBook { title } }`);
    for (const query of queries) await register(query);
    expect(await Promise.all(queries.map(isKnown))).toEqual([false, true, true]);
  });

  it('cannot make the gateway remember longer ones than it may', async () => {
    const settings = { supergraphSdl: library.supergraphSdl, persistedQueryCharacters: 100 };
    const small = await startTestGateway(settings);
    const long = `{ topBook { title } } # ${'x'.repeat(100)}`;
    expect((await post({ query: long, ...named(hashOf(long)) }, small)).json()).toEqual(ANSWER);
    expect((await post(named(hashOf(long)), small)).json()).toEqual(NOT_FOUND);
    await small.stop();
  });

  it('is told to stop where that is switched off', async () => {
    const without = await startTestGateway({ supergraphSdl: library.supergraphSdl, persistedQueries: false });
    const reply = await post(named(hashOf(QUERY)), without);
    expect([reply.status, reply.json().errors[0].message]).toEqual([200, 'PersistedQueryNotSupported']);
    expect((await post({ query: QUERY, ...named(hashOf(QUERY)) }, without)).json()).toEqual(ANSWER);
    await without.stop();
  });
});
