import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import { startTestSubgraph, TEST_SIGNING_SECRET } from '@supergraph/testkit';
import { library } from '../library/library.subgraph.ts';

const start = () => startTestSubgraph(library);
let subgraph: Awaited<ReturnType<typeof start>>;
beforeAll(async () => void (subgraph = await start()));
afterAll(() => subgraph?.stop());

/** A connection below HTTP, for what no HTTP client would send. */
async function dial(): Promise<Socket> {
  const { hostname, port } = new URL(subgraph.running.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

async function exchange(text: string): Promise<string> {
  const socket = await dial();
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const isAlive = async () => (await fetch(new URL('/health/live', subgraph.running.url))).ok;

describe('a stranger', () => {
  it('that asks for a socket and hangs up harms nobody', async () => {
    for (let round = 0; round < 20; round += 1) {
      const socket = await dial();
      socket.on('error', () => {});
      socket.write('GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      if (round % 2) await new Promise((resolve) => setImmediate(resolve));
      socket.resetAndDestroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await isAlive()).toBe(true);
  });

  it.each(['//', '/%', '*', 'http://[/', '/graphql?query=%7B__typename%7D'])('asks for %s in vain', async (target) => {
    const answer = await exchange(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 40[014] /);
  });

  it('that sends too much is told so', async () => {
    const response = await fetch(subgraph.running.url, { method: 'POST', body: 'x'.repeat(17 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(await isAlive()).toBe(true);
  });
});

describe('a call of the gateway that is none of ours', () => {
  const send = async (body: string, method = 'POST') => {
    const signature = signCall(TEST_SIGNING_SECRET, { method, body }, subgraph.clock.now().getTime());
    const response = await fetch(subgraph.running.url, {
      method,
      ...(method === 'POST' && { body }),
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
    });
    return (await response.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] };
  };

  it.each([
    ['is no JSON', 'query { x }', 'BAD_REQUEST'],
    ['is empty', '', 'BAD_REQUEST'],
    ['is a batch', '[{"query":"{__typename}"}]', 'BAD_REQUEST'],
    ['is a number', '7', 'BAD_REQUEST'],
    ['has no query', '{"variables":{}}', 'BAD_REQUEST'],
    ['asks for a stored query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}', 'BAD_REQUEST'],
    ['does not say which operation', '{"query":"query a { __typename } query b { __typename }"}', 'BAD_REQUEST'],
    ['is half a document', '{"query":"{ shelf"}', 'GRAPHQL_PARSE_FAILED'],
    ['asks for an unknown field', '{"query":"{ shelve }"}', 'GRAPHQL_VALIDATION_FAILED'],
    ['lacks a variable', '{"query":"query ($id: ID!) { shelf(id: $id) { name } }"}', 'BAD_USER_INPUT'],
  ])('%s: the answer is a code of the list and nothing internal', async (_what, body, code) => {
    const { errors } = await send(body);
    expect(errors).toEqual([expect.objectContaining({ extensions: { code } })]);
  });

  it.each(['a\u0000b', 'a\ud800b'])(
    'has text that no database keeps (%j): that is the client’s to mend',
    async (id) => {
      const { errors } = await send(
        JSON.stringify({ query: 'query ($id: ID!) { shelf(id: $id) { name } }', variables: { id } }),
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    },
  );

  it('comes as a GET and is refused', async () => {
    expect((await send('', 'GET')).errors[0]?.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('an operation over the socket that does not fit', () => {
  it.each([
    ['half a document', 'subscription { bookAdded', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { bookLost { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('(%s) gets a code, and the socket lives on', async (_what, query, code) => {
    const socket = subgraph.openSocket();
    const failure = socket.iterate({ query }).next();
    await expect(failure).rejects.toEqual([expect.objectContaining({ extensions: { code } })]);
    const next = await socket.iterate({ query: '{ __typename }' }).next();
    expect(next.value?.data).toEqual({ __typename: 'Query' });
    await socket.dispose();
  });
});
