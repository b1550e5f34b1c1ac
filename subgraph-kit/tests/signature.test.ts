import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import { startTestSubgraph, TEST_SIGNING_SECRET } from '@supergraph/testkit';
import { WebSocket } from 'ws';
import { library } from './library/library.subgraph.ts';

const user = '0198c0de-0000-7000-8000-000000000001';
const operations = {
  query: '{ shelf(id: "x") { name } }',
  mutation: 'mutation { burnLibrary }',
  _service: '{ _service { sdl } }',
  _entities: '{ _entities(representations: []) { __typename } }',
  introspection: '{ __schema { queryType { name } } }',
};

const start = () => startTestSubgraph(library);
let subgraph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => void (subgraph = await start()));
afterAll(() => subgraph?.stop());

async function call(query: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(subgraph.running.url, {
    method: 'POST',
    body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return response.status;
}

const signed = (query: string, at: number, authorization?: string) => ({
  [SIGNATURE_HEADER]: signCall(
    TEST_SIGNING_SECRET,
    { method: 'POST', body: JSON.stringify({ query }), authorization },
    at,
  ),
  ...(authorization && { authorization }),
});

const now = () => subgraph.clock.now().getTime();

describe('a direct call', () => {
  it.each(Object.entries(operations))('without a signature is refused: %s', async (_kind, query) => {
    expect(await call(query, {})).toBe(401);
    expect(await call(query, { 'x-user-id': user, 'x-user-roles': 'SUPER_ADMIN' })).toBe(401);
  });

  it.each(Object.entries(operations))('with a signature is answered: %s', async (_kind, query) => {
    expect(await call(query, signed(query, now()))).toBe(200);
  });

  it('with a signature for another body, another method or by another secret is refused', async () => {
    const { query, mutation } = operations;
    expect(await call(mutation, signed(query, now()))).toBe(401);
    const get = signCall(TEST_SIGNING_SECRET, { method: 'GET', body: JSON.stringify({ query }) }, now());
    expect(await call(query, { [SIGNATURE_HEADER]: get })).toBe(401);
    const foreign = signCall(
      'somebody else made this secret up',
      { method: 'POST', body: JSON.stringify({ query }) },
      now(),
    );
    expect(await call(query, { [SIGNATURE_HEADER]: foreign })).toBe(401);
    expect(await call(query, { [SIGNATURE_HEADER]: 'v1=nonsense' })).toBe(401);
  });

  it('that was recorded cannot be replayed after 30 s, nor dated ahead', async () => {
    const recorded = signed(operations.query, now());
    subgraph.clock.advance({ seconds: 29 });
    expect(await call(operations.query, recorded)).toBe(200);
    subgraph.clock.advance({ seconds: 2 });
    expect(await call(operations.query, recorded)).toBe(401);
    expect(await call(operations.query, signed(operations.query, now() + 31_000))).toBe(401);
  });

  it("cannot be replayed with somebody else's token", async () => {
    const mine = subgraph.tokens.authorization({ sub: user });
    const recorded = signed(operations.query, now());
    expect(await call(operations.query, { ...recorded, authorization: mine })).toBe(401);
  });

  it('that names a user in a header acts for nobody', async () => {
    const query = 'mutation { borrowBook(id: "x") { id } }';
    const { errors } = await subgraph.client.query(query, { headers: { 'x-user-id': user } });
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('a socket', () => {
  const open = async (headers: Record<string, string>): Promise<number> => {
    const socket = new WebSocket(subgraph.running.url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    const refused = once(socket, 'unexpected-response').then(
      ([, response]) => (response as { statusCode: number }).statusCode,
    );
    const opened = once(socket, 'open').then(() => 101);
    const status = await Promise.race([refused, opened]);
    socket.on('error', () => {}).terminate();
    return status;
  };
  const signature = (at: number) => ({
    [SIGNATURE_HEADER]: signCall(TEST_SIGNING_SECRET, { method: 'GET', body: '' }, at),
  });

  it('opens for the gateway only, and not for a replay', async () => {
    expect(await open({})).toBe(401);
    expect(await open({ 'x-user-id': user })).toBe(401);
    expect(await open(signature(now()))).toBe(101);
    expect(await open(signature(now() - 31_000))).toBe(401);
  });
});

describe('what an operator asks', () => {
  it.each(['/health/live', '/health/ready', '/health/startup', '/metrics'])('%s needs no signature', async (path) => {
    expect((await fetch(new URL(path, subgraph.running.url))).status).toBe(200);
  });
});
