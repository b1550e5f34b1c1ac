import { expect, test } from '@jest/globals';
import { readEnvironment } from './environment.ts';

const NEEDED = {
  DATABASE_URL: 'postgres://localhost/supergraph',
  SUBGRAPH_SIGNING_SECRET: 'a signing secret that only tests use',
  SEALING_SECRETS: 'a sealing secret that only tests use',
};

test('passwords cost what OWASP asks for, and nobody can set them to cost less', () => {
  expect(readEnvironment(NEEDED).PASSWORD_HASH_MEMORY_KIB).toBe(19_456);
  expect(readEnvironment({ ...NEEDED, PASSWORD_HASH_MEMORY_KIB: '65536' }).PASSWORD_HASH_MEMORY_KIB).toBe(65_536);
  expect(() => readEnvironment({ ...NEEDED, PASSWORD_HASH_MEMORY_KIB: '19455' })).toThrow('PASSWORD_HASH_MEMORY_KIB');
});
