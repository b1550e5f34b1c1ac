import { expect, it } from '@jest/globals';
import { parseEnvironment, subgraphEnvironment } from './environment.ts';

const complete = {
  DATABASE_URL: 'postgres://localhost/test',
  SUBGRAPH_SIGNING_SECRET: 'a signing secret of enough characters',
  SEALING_SECRETS: 'a sealing secret of enough characters',
};

it('fills in what is left out or empty', () => {
  const environment = parseEnvironment(subgraphEnvironment, { ...complete, REDIS_URL: '', LOG_LEVEL: '' });
  expect(environment).toMatchObject({ PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'info' });
  expect(environment.REDIS_URL).toBeUndefined();
});

it('names everything that is wrong at once, and no value of it', () => {
  const parse = () =>
    parseEnvironment(subgraphEnvironment, {
      ...complete,
      DATABASE_URL: 'mysql://me:hunter2@host',
      SEALING_SECRETS: 'short',
    });
  expect(parse).toThrow(/DATABASE_URL: must be a URL.*\n.*SEALING_SECRETS: each must have at least 32 characters/);
  expect(parse).not.toThrow(/hunter2/);
});
