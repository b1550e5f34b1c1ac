import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';

describe('the environment', () => {
  it('may be empty, and an empty variable counts as none', () => {
    const environment = readEnvironment({ PORT: '', DATABASE_URL: '' });
    expect(environment).toMatchObject({ PORT: 4000, DEMO_DATA: true, LOG_LEVEL: 'warn' });
    expect(environment.DATABASE_URL).toBeUndefined();
  });

  it('is refused with all that is wrong, in words, without the values', () => {
    const read = () =>
      readEnvironment({
        PORT: 'http',
        DATABASE_URL: 'mysql://hunter2@host',
        REDIS_URL: 'hunter2',
        LOG_LEVEL: 'loud',
        SUBGRAPH_SIGNING_SECRET: 'hunter2',
        SEALING_SECRETS: 'hunter2',
      });
    for (const name of ['PORT', 'DATABASE_URL', 'REDIS_URL', 'LOG_LEVEL', 'SUBGRAPH_SIGNING_SECRET', 'SEALING_SECRETS'])
      expect(read).toThrow(name);
    expect(read).not.toThrow('hunter2');
    expect(read).toThrow('must be a URL with postgres: or postgresql:');
  });
});
