import { expect, test } from '@jest/globals';
import { Bell } from './bell.ts';

const settled = async (sleep: Promise<void>) => {
  const asleep = Symbol('asleep');
  const aMoment = new Promise((resolve) => setImmediate(resolve, asleep));
  return (await Promise.race([sleep, aMoment])) !== asleep;
};

test('a ring wakes one sleeper, the one that has slept longest', async () => {
  const bell = new Bell();
  const [first, second] = [bell.sleep(), bell.sleep()];
  bell.ring();
  expect(await settled(first)).toBe(true);
  expect(await settled(second)).toBe(false);
});

test('a ring that nobody hears is kept for the next who lies down, and only for one', async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  expect(await settled(bell.sleep())).toBe(true);
  expect(await settled(bell.sleep())).toBe(false);
});

test('the alarm wakes everybody, and who was about to lie down', async () => {
  const bell = new Bell();
  const sleepers = [bell.sleep(), bell.sleep()];
  bell.ringAll();
  expect(await Promise.all(sleepers.map(settled))).toEqual([true, true]);
  expect(await settled(bell.sleep())).toBe(true);
});
