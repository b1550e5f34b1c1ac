import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { purgeAttempts, RateLimiter } from '../../src/rate-limiting/rate.limiter.ts';
import { Archive } from '../archive/archive.ts';

let archive: Archive;
let limiter: RateLimiter;

const LIMIT = { name: 'knock', attempts: 5, seconds: 60 };

beforeAll(async () => {
  archive = await Archive.open();
});

beforeEach(async () => {
  await archive.sql.query('truncate attempt');
  limiter = limiterOf();
});

afterAll(() => archive.close());

/** Another process would have another one. */
const limiterOf = (limit = LIMIT) =>
  new RateLimiter({ asSystem: (run) => run({ em: archive.orm.em.fork() }), clock: archive.clock }, limit);

const outcome = (key: string | undefined, by = limiter): Promise<'taken' | { retryAfter: number }> =>
  by.consume(key).then(
    () => 'taken' as const,
    (error: { extensions: { code: string; retryAfter: number } }) => {
      expect(error.extensions.code).toBe('RATE_LIMITED');
      return { retryAfter: error.extensions.retryAfter };
    },
  );

async function knock(times: number): Promise<('taken' | { retryAfter: number })[]> {
  const outcomes: ('taken' | { retryAfter: number })[] = [];
  for (let count = 0; count < times; count += 1) outcomes.push(await outcome('ada'));
  return outcomes;
}

test('five are taken, the sixth is told when to come back', async () => {
  expect(await knock(5)).toEqual(Array(5).fill('taken'));
  archive.clock.advance({ seconds: 20 });
  expect(await outcome('ada')).toEqual({ retryAfter: 40 });
  expect(await outcome('eve')).toBe('taken');
});

test('of many at once, in several processes, exactly five are taken', async () => {
  const processes = [limiter, limiterOf(), limiterOf()];
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => outcome('ada', processes[index % 3])));
  expect(outcomes.filter((each) => each === 'taken')).toHaveLength(5);
});

test('no stretch of a minute has more than five, wherever it begins', async () => {
  const taken: number[] = [];
  for (let second = 0; second < 300; second += 1) {
    if ((await outcome('ada')) === 'taken') taken.push(second);
    archive.clock.advance({ seconds: 1 });
  }
  for (const from of taken) expect(taken.filter((at) => at >= from && at < from + 60).length).toBeLessThanOrEqual(5);
  expect(taken.length).toBe(25);
});

test('knocking while it is shut does not keep it shut', async () => {
  await knock(5);
  archive.clock.advance({ seconds: 59 });
  expect(await outcome('ada')).toEqual({ retryAfter: 1 });
  archive.clock.advance({ seconds: 1 });
  expect(await outcome('ada')).toBe('taken');
});

test('what is given back was never tried', async () => {
  await knock(5);
  await limiter.giveBack('ada');
  expect(await knock(2)).toEqual(['taken', { retryAfter: 60 }]);
});

test('giving back what was never taken gives nothing', async () => {
  await knock(1);
  await limiter.giveBack('ada');
  await limiter.giveBack('ada');
  await limiter.giveBack('nobody');
  expect((await knock(6)).filter((each) => each === 'taken')).toHaveLength(5);
});

test('limits of different names do not know of each other', async () => {
  await knock(5);
  expect(await outcome('ada', limiterOf({ ...LIMIT, name: 'ring' }))).toBe('taken');
});

test('nobody in particular is not limited', async () => {
  for (let count = 0; count < 10; count += 1) expect(await outcome(undefined)).toBe('taken');
});

test('what no limit looks at any more is forgotten', async () => {
  await knock(2);
  const purge = () => purgeAttempts(archive.orm.em.fork(), archive.clock.now());
  archive.clock.advance({ seconds: 59 });
  expect(await purge()).toBe(0);
  archive.clock.advance({ seconds: 1 });
  expect(await purge()).toBe(1);
});
