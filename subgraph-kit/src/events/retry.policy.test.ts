import { expect, test } from '@jest/globals';
import { retryDelay } from './retry.policy.ts';

const POLICY = { maxAttempts: 8, firstDelay: 1, maxDelay: 20 };

test('the rest doubles after each failure, up to its limit, and ends with the attempts', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((failures) => retryDelay(POLICY, failures, () => 0));
  expect(longest).toEqual([1, 2, 4, 8, 16, 20, 20, undefined, undefined]);
});

test('jitter shortens a rest by half at most', () => {
  expect(retryDelay(POLICY, 4, () => 0.5)).toBe(6);
  expect(retryDelay(POLICY, 4, () => 1)).toBe(4);
});
