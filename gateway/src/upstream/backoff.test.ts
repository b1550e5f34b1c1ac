import { describe, expect, it } from '@jest/globals';
import { backoffDelay } from './backoff.ts';

const rules = { firstMs: 100, longestMs: 5_000 };
const [luckiest, unluckiest] = [() => 0, () => 1];

describe('the wait before the next attempt', () => {
  it('doubles with every failure in a row', () => {
    expect([1, 2, 3, 4].map((failures) => backoffDelay(failures, rules, unluckiest))).toEqual([100, 200, 400, 800]);
  });

  it('has an upper limit, however long the subgraph is away', () => {
    expect([10, 100, 100_000].map((failures) => backoffDelay(failures, rules, unluckiest))).toEqual([
      5_000, 5_000, 5_000,
    ]);
  });

  it('is half chance, so that replicas do not come back in step, and never nothing', () => {
    expect(backoffDelay(3, rules, luckiest)).toBe(200);
    expect(backoffDelay(3, rules, () => 0.5)).toBe(300);
  });
});
