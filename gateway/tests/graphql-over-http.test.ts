import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer, type AuditResult } from 'graphql-http';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { call } from './support/http-call.ts';
import { Library } from './support/library.ts';

const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';
const STATUSES = ['ok', 'notice', 'warn', 'error'] as const;

describe('GraphQL over HTTP', () => {
  let library: Library;
  let gateway: RunningGateway;
  let url: string;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    url = `http://127.0.0.1:${gateway.port}/graphql`;
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  const post = (query: string, headers: Record<string, string>, variables?: object) =>
    call(url, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, ...headers },
      body: JSON.stringify({ query, variables }),
    });

  it('passes the audits of the specification', async () => {
    const results: readonly AuditResult[] = await auditServer({ url });
    const tally = STATUSES.map((status) => `${results.filter((one) => one.status === status).length} ${status}`);
    process.stdout.write(`GraphQL over HTTP, ${results.length} audits: ${tally.join(', ')}\n`);
    const failures = results.filter(({ status }) => status === 'warn' || status === 'error');
    expect(failures.map(({ name }) => name)).toEqual([]);
    expect(results).toHaveLength(61);
    expect(results.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(58);
  });

  it.each([
    ['does not parse', '{ readers', {}],
    ['does not fit the schema', '{ raeders }', {}],
    ['has variables that do not fit', 'query ($id: ID!) { reader(id: $id) { name } }', {}],
  ])('says 200 of a document that %s only to whoever expects it', async (_, query, variables) => {
    const statusFor = async (accept?: string) => (await post(query, accept ? { accept } : {}, variables)).status;
    expect(await statusFor(JSON_TYPE)).toBe(200);
    expect(await statusFor(`${JSON_TYPE};q=0.9, ${GRAPHQL_TYPE};q=0.5`)).toBe(200);
    expect(await statusFor(`${GRAPHQL_TYPE}, ${JSON_TYPE};q=0.9`)).toBe(400);
    expect(await statusFor('*/*')).toBe(400);
    expect(await statusFor()).toBe(400);
  });

  it('answers nobody in a type that was not asked for, and runs nothing for them', async () => {
    const reply = await post('mutation { lend(id: "a") }', { accept: 'text/csv' });
    expect([reply.status, reply.json().errors[0].extensions.code]).toEqual([406, 'BAD_REQUEST']);
    expect((await post('mutation { lend(id: "a") }', { accept: `${JSON_TYPE};q=0` })).status).toBe(406);
    expect(library.lent).toBe(0);
  });

  it('refuses in the type that was asked for', async () => {
    const reply = await call(url, { method: 'POST', headers: { accept: GRAPHQL_TYPE, 'content-type': 'text/plain' } });
    expect([reply.status, reply.headers['content-type']]).toEqual([415, `${GRAPHQL_TYPE}; charset=utf-8`]);
    expect(reply.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('has no %s', async (method) => {
    const reply = await call(url, { method, headers: { 'content-type': JSON_TYPE } });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
  });

  it.each([
    ['no type', undefined],
    ['a form', 'application/x-www-form-urlencoded'],
    ['several types at once', 'text/plain, application/json'],
    ['another character set', 'application/json; charset=utf-16'],
    ['another character set in quotes', 'application/json; charset="latin1"'],
  ])('reads no body with %s', async (_, type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    expect((await call(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' })).status).toBe(415);
  });

  it.each(['application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"', 'application/graphql+json'])(
    'reads a body of type %s',
    async (type) => {
      expect((await post('{ __typename }', { 'content-type': type })).status).toBe(200);
    },
  );

  it('leaves a compressed body unread, however small it looks', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    const headers = { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' };
    const durations: number[] = [];
    for (let left = 5; left > 0; left -= 1) {
      const before = performance.now();
      const reply = await call(url, { method: 'POST', headers, body: bomb });
      durations.push(performance.now() - before);
      expect([reply.status, reply.headers['accept-encoding']]).toEqual([415, 'identity']);
    }
    // The quickest: a machine that is busy with something else is no reason for the others.
    expect(Math.min(...durations)).toBeLessThan(100);
    expect((await post('{ __typename }', { 'content-encoding': 'identity' })).status).toBe(200);
  });
});
