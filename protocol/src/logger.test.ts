import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type Logger } from './logger.ts';

let text: string;
let log: Logger;

beforeEach(() => {
  text = '';
  log = createLogger('test', 'trace', { write: (line) => void (text += line) });
});

const line = () => JSON.parse(text);

/** No digit is a word, so it is found in whatever way it gets through. */
const SECRET = 'hunter2';

describe('A line of the log', () => {
  it('is one JSON object that names the service', () => {
    log.info({ url: 'http://here', count: 3 }, 'started');
    expect(line()).toMatchObject({ service: 'test', url: 'http://here', count: 3, msg: 'started' });
  });

  it.each<[string, object]>([
    ['beside the rest', { password: SECRET, refreshToken: SECRET, 'x-api-key': SECRET, totpSecret: SECRET }],
    ['in an object', { request: { headers: { authorization: SECRET, cookie: [SECRET], 'set-cookie': SECRET } } }],
    ['in a list', { users: [{ name: 'Ada', credentials: { any: SECRET } }] }],
    ['far below', { a: { b: { c: { d: { e: { f: { g: { h: SECRET } } } } } } } }],
    ['in a map of variables', { variables: { input: SECRET } }],
  ])('does not hold what is called a secret %s', (_, fields) => {
    log.info(fields, 'careless');
    expect(text).not.toContain(SECRET);
    expect(line().msg).toBe('careless');
  });

  it.each([
    ['a URL', `postgres://supergraph:${SECRET}@db.internal:5432/supergraph`, 'db.internal:5432/supergraph'],
    ['a header', `Authorization: Bearer ${SECRET}`, 'Authorization: Bearer'],
    ['a link', `https://app.example/reset#token=${SECRET}&lang=en`, 'lang=en'],
    ['a token', `sent eyJhbGciOiJ9.${SECRET}.sig to nobody`, 'to nobody'],
  ])('keeps the rest of %s with a secret in it', (_, value, kept) => {
    log.info({ nested: { value } }, 'careless');
    expect(text).not.toContain(SECRET);
    expect(text).toContain(kept);
  });

  it('tells numbers and switches by any name', () => {
    log.info({ tokens: 12, hasPassword: true }, 'fine');
    expect(line()).toMatchObject({ tokens: 12, hasPassword: true });
  });

  it.each<[string, () => void]>([
    ['by itself', () => log.info(`signed in with ${SECRET}`)],
    ['beside fields', () => log.info({}, `signed in with "the ${SECRET} words"`)],
    ['of an error', () => log.error(new Error(`signed in with ${SECRET}`))],
  ])('has the words of its message %s', (_, write) => {
    write();
    expect(text).not.toContain(SECRET);
    expect(text).toContain('signed in with');
  });
});

describe('An error in the log', () => {
  it('has its kind, its message in words, its place and its code', () => {
    log.error({ err: Object.assign(new TypeError('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'E42' }) }, 'failed');
    expect(line().err).toEqual({
      type: 'TypeError',
      message: 'connect ECONNREFUSED […]',
      code: 'E42',
      stack: expect.stringMatching(/^ {4}at .*logger\.test\.ts:\d+:\d+/),
    });
  });

  it('is told without the row and the statement that it is about', () => {
    const error = Object.assign(new Error(`insert into "u" values ('${SECRET}') - violates check constraint "name"`), {
      code: '23514',
      table: 'user_account',
      constraint: 'user_name',
      detail: `Failing row contains (1, ${SECRET}).`,
      where: `PL/pgSQL function f(${SECRET})`,
      parameters: [SECRET],
      query: `insert ${SECRET}`,
    });
    log.error({ err: error }, 'unexpected error');
    expect(text).not.toContain(SECRET);
    expect(line().err).toMatchObject({ code: '23514', table: 'user_account', constraint: 'user_name' });
    expect(line().err.message).toContain('violates check constraint');
  });

  it('keeps secrets in its causes, its stack, its name and in what hangs on it', () => {
    const cause = Object.assign(new Error(`the password ${SECRET}`), { name: `No ${SECRET}` });
    const error = Object.assign(new Error('outer', { cause }), {
      stack: `Error: ${SECRET}\n    at ${SECRET}\n    at run (/app/run.js:1:2)\n    at with secret ${SECRET}`,
      config: { headers: { any: SECRET } },
      extensions: { code: 'INTERNAL_SERVER_ERROR', exception: SECRET },
    });
    log.error({ failed: { err: error, other: error } }, 'failed');
    expect(text).not.toContain(SECRET);
    expect(line().failed.err).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      stack: '    at run (/app/run.js:1:2)',
      cause: { message: 'the password […]' },
    });
  });

  it('may be no error at all', () => {
    log.error({ err: { message: `Got "${SECRET}"`, path: ['login'], extensions: { code: 'E42' } } }, 'failed');
    expect(line().err).toEqual({ type: 'Error', message: 'Got […]', code: 'E42', path: ['login'] });
    expect(() => log.error({ err: undefined }, 'failed')).not.toThrow();
  });
});

it('what is hostile takes no time', () => {
  const startedAt = performance.now();
  for (const hostile of [
    '"'.repeat(1e6),
    "'a".repeat(5e5),
    'eyJ'.repeat(3e5),
    '://'.repeat(3e5),
    '?token='.repeat(2e5),
  ]) {
    log.error({ err: new Error(hostile), hostile }, hostile);
  }
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
