import { describe, expect, it } from '@jest/globals';
import { RetryBudget } from './retry.budget.ts';

describe('A budget of repetitions', () => {
  const repetitions = (budget: RetryBudget, calls: number): number => {
    let repeated = 0;
    for (let call = 0; call < calls; call += 1) {
      budget.callMade();
      if (budget.take()) repeated += 1;
    }
    return repeated;
  };

  it('is a share of the calls and a burst when everything fails', () => {
    // What the first call saves is lost on a full budget.
    expect(repetitions(new RetryBudget(0.25, 5), 1_000)).toBe(254);
  });

  it('does not grow beyond the burst while everything goes well', () => {
    const budget = new RetryBudget(0.25, 5);
    for (let call = 0; call < 10_000; call += 1) budget.callMade();
    let taken = 0;
    while (budget.take()) taken += 1;
    expect(taken).toBe(5);
  });

  it('may be none', () => {
    expect(repetitions(new RetryBudget(0, 0), 100)).toBe(0);
  });
});
