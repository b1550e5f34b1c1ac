import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const nested = (open: string, close: string) => open.repeat(5_000) + close.repeat(5_000);

describe('An error', () => {
  let library: Library;
  let gateway: RunningGateway;
  let closed: RunningGateway;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl, maxTokens: 100 });
    closed = await startTestGateway({ supergraphSdl: library.supergraphSdl, development: false });
  });

  afterAll(async () => {
    await gateway.stop();
    await closed.stop();
    await library.stop();
  });

  it('of a subgraph keeps its message and details when its code is ours, and loses its insides', async () => {
    const { errors } = await ask(gateway, '{ failing(code: "BAD_USER_INPUT") }');
    expect(errors).toEqual([
      {
        message: 'connect ECONNREFUSED 10.0.0.7:5432',
        path: ['failing'],
        extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'id', message: 'is odd' }] },
      },
    ]);
  });

  it.each([
    ['has no code', '{ failing }'],
    ['has a code nobody knows', '{ failing(code: "E42") }'],
    ['finds fault with the document we wrote', '{ failing(code: "GRAPHQL_VALIDATION_FAILED") }'],
  ])('of a subgraph that %s tells the correlation id and nothing else', async (_, query) => {
    const { errors, headers } = await ask(gateway, query);
    const correlationId = headers.get('x-correlation-id');
    expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(errors).toEqual([
      {
        message: 'Internal server error',
        path: ['failing'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
      },
    ]);
  });

  it('is given for null where the schema does not allow it', async () => {
    const { status, data, errors } = await ask(gateway, '{ reader(id: "1") { name } }');
    expect([status, data, errors]).toEqual([200, { reader: { name: 'Ada' } }, undefined]);
    library.readers.misbehaviours.push((_, response) => void response.end('{"data":{"reader":{"name":null}}}'));
    const broken = await ask(gateway, '{ reader(id: "1") { name } }');
    expect(broken.data).toBeNull();
    expect(broken.errors![0]).toMatchObject({
      path: ['reader', 'name'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });

  it('carries the correlation id the client chose, unless it could forge a log line', async () => {
    const answered = async (id: string) =>
      (await ask(gateway, '{ failing }', { headers: { 'x-correlation-id': id } })).errors![0]!.extensions!
        .correlationId;
    expect(await answered('shop-2026-11')).toBe('shop-2026-11');
    expect(await answered('a b {"level":"fatal"}')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['not GraphQL', '{ readers', 'GRAPHQL_PARSE_FAILED'],
    ['not of this schema', '{ raeders { name } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['without an operation', 'fragment f on Reader { name }', 'GRAPHQL_VALIDATION_FAILED'],
    ['longer than is allowed', `{ ${'readers { name } '.repeat(50)} }`, 'GRAPHQL_PARSE_FAILED'],
  ])('for a document that is %s has HTTP status 400', async (_, query, code) => {
    const { status, errors } = await ask(gateway, query);
    expect([status, errors![0]!.extensions]).toEqual([400, { code }]);
  });

  it.each([
    ['variables', '{ readers { name } }', nested('[', ']')],
    ['a document', `{ ${nested('a{', '}')} }`, 'null'],
    ['a value', `{ reader(id: ${nested('[', ']')}) { name } }`, 'null'],
  ])('for %s nested without end is the client’s', async (_, query, variables) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query": ${JSON.stringify(query)}, "variables": {"deep": ${variables}}}`,
    });
    const { errors } = (await response.json()) as { errors: unknown[] };
    expect([response.status, errors]).toEqual([
      400,
      [
        {
          message: 'The request is nested more than 200 levels deep',
          extensions: { code: 'BAD_REQUEST', limit: 'nesting', maximum: 200 },
        },
      ],
    ]);
  });

  it('for variables that do not fit is the client’s', async () => {
    const { status, errors } = await ask(gateway, 'query ($id: ID!) { reader(id: $id) { name } }', { variables: {} });
    expect([status, errors![0]!.extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }]);
  });

  it('suggests names of the schema only to those who develop', async () => {
    const sizes = 'query ($size: Size!) { shelf(size: $size) }';
    expect((await ask(gateway, '{ raeders { name } }')).text).toContain('Did you mean');
    expect((await ask(gateway, sizes, { variables: { size: 'SMAL' } })).text).toContain('Did you mean');
    expect((await ask(closed, '{ raeders { name } }')).errors![0]!.message).toBe(
      'Cannot query field "raeders" on type "Query".',
    );
    expect((await ask(closed, sizes, { variables: { size: 'SMAL' } })).text).not.toContain('SMALL');
  });

  it('is what introspection gets in production', async () => {
    expect((await ask(closed, '{ __schema { types { name } } }')).status).toBe(400);
    expect((await ask(gateway, '{ __schema { types { name } } }')).data.__schema.types).not.toHaveLength(0);
  });

  it('does not betray the query plan', async () => {
    const { text } = await ask(gateway, '{ topBook { title } }', {
      headers: { 'apollo-query-plan-experimental': '1' },
    });
    expect(JSON.parse(text)).toEqual({ data: { topBook: { title: 'Persuasion' } } });
  });
});
