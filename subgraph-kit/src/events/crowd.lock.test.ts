import { expect, test } from '@jest/globals';
import { CrowdLock } from './crowd.lock.ts';

/** Something that runs until it is told to end, and notes both. */
function visit(lock: CrowdLock, diary: string[], name: string, alone = false): { end: () => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stay = lock.run(alone, async () => {
    diary.push(`${name} in`);
    await promise;
    diary.push(`${name} out`);
  });
  return {
    end: () => {
      resolve();
      return stay;
    },
  };
}

const aMoment = () => new Promise((resolve) => setImmediate(resolve));

test('many run side by side', async () => {
  const lock = new CrowdLock();
  const diary: string[] = [];
  const visitors = [visit(lock, diary, 'a'), visit(lock, diary, 'b')];
  await aMoment();
  expect(diary).toEqual(['a in', 'b in']);
  await Promise.all(visitors.map(({ end }) => end()));
});

test('who must be alone waits for those inside, and those who come later wait in turn', async () => {
  const lock = new CrowdLock();
  const diary: string[] = [];
  const [a, suspect, b] = [visit(lock, diary, 'a'), visit(lock, diary, 'suspect', true), visit(lock, diary, 'b')];
  await aMoment();
  expect(diary).toEqual(['a in']);
  await a.end();
  await aMoment();
  expect(diary).toEqual(['a in', 'a out', 'suspect in']);
  await suspect.end();
  await aMoment();
  expect(diary.slice(3)).toEqual(['suspect out', 'b in']);
  await b.end();
});

test('a failure makes room as well', async () => {
  const lock = new CrowdLock();
  await expect(lock.run(true, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lock.run(true, async () => 'next')).toBe('next');
});
