import { describe } from '@jest/globals';

/** The Redis server to test against, where there is one. */
export const redisUrl = process.env.REDIS_URL;

/** A part of the tests that needs Redis. Without `REDIS_URL` it is skipped, and its name says why. */
export function describeWithRedis(name: string, tests: (url: string) => void): void {
  if (redisUrl) describe(name, () => tests(redisUrl!));
  else describe.skip(`${name} (skipped: REDIS_URL names no server)`, () => tests('redis://127.0.0.1:6379'));
}
