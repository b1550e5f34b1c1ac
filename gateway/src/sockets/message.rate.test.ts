import { expect, it } from '@jest/globals';
import { MessageRate } from './message.rate.ts';

it('the rate of messages has room for so many in a second, and for as many in the next', () => {
  const rate = new MessageRate(3);
  expect([0, 1, 2, 3, 999].map((now) => rate.take(now))).toEqual([true, true, true, false, false]);
  expect([1_000, 1_001, 1_002, 1_003].map((now) => rate.take(now))).toEqual([true, true, true, false]);
});
