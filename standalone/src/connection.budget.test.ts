import { describe, expect, it } from '@jest/globals';
import { CONNECTIONS_BESIDE_POOL } from '@supergraph/subgraph-kit';
import { poolSizeWithin } from './connection.budget.ts';

describe('A budget of connections', () => {
  it.each([
    [60, 3],
    [63, 7],
    [80, 7],
    [120, 7],
  ])('of %i is never overdrawn by %i subgraphs', (budget, subgraphs) => {
    const size = poolSizeWithin(budget, subgraphs);
    expect(subgraphs * (size + CONNECTIONS_BESIDE_POOL)).toBeLessThanOrEqual(budget);
    expect(size).toBeGreaterThanOrEqual(2);
  });

  it('gives no subgraph more than it has a use for', () => {
    expect(poolSizeWithin(10_000, 3)).toBe(10);
  });

  it('that is too small says how large it has to be', () => {
    expect(() => poolSizeWithin(20, 7)).toThrow(`need ${7 * (2 + CONNECTIONS_BESIDE_POOL)} database connections`);
  });
});
