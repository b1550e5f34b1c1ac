import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const TITLE = { query: '{ topBook { title } }' };
const json = { 'content-type': 'application/json' };

describe('A list of operations in one request', () => {
  let library: Library;
  let gateway: RunningGateway;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  async function post(body: unknown, to: RunningGateway = gateway, headers: Record<string, string> = json) {
    const answer = await fetch(`http://127.0.0.1:${to.port}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as any };
  }

  it('is answered with a list, in the same order', async () => {
    const rename = {
      query: 'mutation ($name: String!) { rename(id: "1", name: $name) { name } }',
      variables: { name: 'Eva' },
    };
    expect(await post([TITLE, rename])).toEqual({
      status: 200,
      body: [{ data: { topBook: { title: 'Persuasion' } } }, { data: { rename: { name: 'Eva' } } }],
    });
  });

  it('has an error where an operation has one, and answers the others', async () => {
    const { body } = await post([{ query: '{ nothing }' }, TITLE]);
    expect(body).toMatchObject([
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
      { data: { topBook: { title: 'Persuasion' } } },
    ]);
  });

  it.each([
    ['of a thousand', Array.from({ length: 1_000 }, () => TITLE), 'batch'],
    [
      'that asks for too many root fields together',
      Array.from({ length: 3 }, () => ({ query: `{ a b c d e f g }` })),
      'rootFields',
    ],
    [
      'with one operation that is too deep',
      [TITLE, { query: `{ ${'a { '.repeat(20)} a ${'} '.repeat(20)} }` }],
      'depth',
    ],
  ])('%s is refused as a whole', async (_, operations, limit) => {
    const calls = library.books.calls.length;
    const { status, body } = await post(operations);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST', limit } }] });
    expect(library.books.calls).toHaveLength(calls);
  });

  it('of what is no operation gets an error for each', async () => {
    for (const each of [null, 1, [], 'text', {}]) {
      const { status, body } = await post([each]);
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toContain('"code":"BAD_REQUEST"');
    }
  });

  it('cannot be sent by a form on a foreign page', async () => {
    expect((await post([TITLE], gateway, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post([TITLE], gateway, { ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('is refused where it is switched off', async () => {
    const single = await startTestGateway({ supergraphSdl: library.supergraphSdl, maxBatch: 1 });
    try {
      expect(await post([TITLE], single)).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
      });
      expect((await post([TITLE, TITLE], single)).status).toBe(400);
      expect((await post(TITLE, single)).status).toBe(200);
    } finally {
      await single.stop();
    }
  });
});
