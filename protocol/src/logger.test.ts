import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';

function capture() {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { log: createLogger('test', 'info', destination), text: () => text };
}

it('a log line is one JSON object that names the service', () => {
  const { log, text } = capture();
  log.info({ url: 'http://here' }, 'started');
  expect(JSON.parse(text())).toMatchObject({ service: 'test', url: 'http://here', msg: 'started' });
});

it('what slips into a log by its usual name is redacted', () => {
  const { log, text } = capture();
  log.info({ password: 'hunter2', request: { authorization: 'Bearer hunter2', cookie: 'hunter2' } }, 'careless');
  expect(text()).not.toContain('hunter2');
});

it('a database error is logged without the row that it is about', () => {
  const { log, text } = capture();
  const error = Object.assign(new Error('violates check constraint "name"'), {
    code: '23514',
    detail: 'Failing row contains (1, hunter2).',
    where: 'PL/pgSQL function f(hunter2)',
    parameters: ['hunter2'],
  });
  log.error({ err: error }, 'unexpected error');
  expect(text()).toContain('23514');
  expect(text()).not.toContain('hunter2');
});
