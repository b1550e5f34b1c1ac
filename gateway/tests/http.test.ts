import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const QUERY = '{ topBook { title } }';
const ANSWER = { data: { topBook: { title: 'Persuasion' } } };
const json = { 'content-type': 'application/json' };

describe('Over HTTP, the gateway', () => {
  let library: Library;
  let gateway: RunningGateway;
  let endpoint: string;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({
      supergraphSdl: library.supergraphSdl,
      ...{ requestBodyLimit: 2_000, maxVariableValues: 100 },
    });
    endpoint = `http://127.0.0.1:${gateway.port}/graphql`;
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  const get = (search: string) => fetch(`${endpoint}?${search}`);
  const post = (body: string, headers: Record<string, string>) => fetch(endpoint, { method: 'POST', headers, body });

  it('answers a query by GET and by POST', async () => {
    const answer = await get(new URLSearchParams({ query: QUERY }).toString());
    expect(await answer.json()).toEqual(ANSWER);
    expect(await (await post(JSON.stringify({ query: QUERY }), json)).json()).toEqual(ANSWER);
  });

  it('does not mutate by GET', async () => {
    const search = new URLSearchParams({ query: 'mutation { lend(id: "a") }' }).toString();
    const answer = await get(search);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(library.lent).toBe(0);
  });

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('answers who accepts %s with %s', async (accept, type) => {
    const answer = await post(JSON.stringify({ query: QUERY }), { ...json, accept });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it.each([
    ['that is not JSON', '{"query":', 400],
    ['that is JSON and no request', '[]', 400],
    [
      'that is more requests than may come at once',
      JSON.stringify(Array.from({ length: 11 }, () => ({ query: '{ __typename }' }))),
      400,
    ],
    ['that is too large', JSON.stringify({ query: QUERY, variables: { x: 'x'.repeat(2_000) } }), 413],
  ])('refuses a body %s', async (_, body, status) => {
    const answer = await post(body, json);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('counts values wherever in a request they are, before anything is made of them', async () => {
    const withValues = (count: number) => JSON.stringify({ query: QUERY, extensions: { list: Array(count).fill(0) } });
    expect(await (await post(withValues(95), json)).json()).toEqual(ANSWER);
    const answer = await post(withValues(105), json);
    expect(answer.status).toBe(400);
    const extensions = { code: 'BAD_REQUEST', limit: 'variableValues', maximum: 100 };
    expect(await answer.json()).toMatchObject({ errors: [{ extensions }] });
  });

  it('refuses a body that says how large it is before any of it has come', async () => {
    const headers = { ...json, 'content-length': 2_001 };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(endpoint, { method: 'POST', headers }, ({ statusCode }) => {
        resolve(statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('refuses a body that turns out to be too large on the way', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(endpoint, { method: 'POST', headers: json }, ({ statusCode }) => resolve(statusCode));
      request.on('error', reject);
      // Without a length in advance: chunk by chunk.
      request.write('x'.repeat(1_500));
      request.write('x'.repeat(1_500));
    });
    expect(status).toBe(413);
  });

  it('survives clients that leave in the middle of a request or of its answer', async () => {
    library.books.delayMs = 50;
    for (const leaveAfter of ['half a request', 'a request']) {
      const body = JSON.stringify({ query: QUERY });
      const request = httpRequest(endpoint, { method: 'POST', headers: { ...json, 'content-length': body.length } });
      request.on('error', () => {});
      request.write(leaveAfter === 'a request' ? body : body.slice(0, 10));
      await new Promise((resolve) => setTimeout(resolve, 20));
      request.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    library.books.delayMs = 0;
    expect((await ask(gateway, QUERY)).data).toEqual(ANSWER.data);
  });

  it('knows nothing elsewhere', async () => {
    expect((await fetch(new URL('/somewhere', endpoint))).status).toBe(404);
    expect((await fetch(new URL('/metrics', endpoint), { method: 'POST' })).status).toBe(404);
  });

  it('counts what it does', async () => {
    const text = await (await fetch(new URL('/metrics', endpoint))).text();
    expect(text).toMatch(/gateway_request_duration_seconds_count\{status="200"\} [1-9]/);
    expect(text).toMatch(/gateway_subgraph_call_duration_seconds_count\{subgraph="books",outcome="answered"\} [1-9]/);
    expect(text).toMatch(/gateway_errors_total\{code="BAD_REQUEST"\} [1-9]/);
    expect(text).not.toContain('127.0.0.1');
  });
});
