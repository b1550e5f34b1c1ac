import { describe, expect, it } from '@jest/globals';
import { VariableLimits } from './variable.limits.ts';

const limits = new VariableLimits({ maxVariables: 3, maxVariableValues: 10 });
const admit = (variables: Record<string, unknown>) => () => limits.admit({ variables });

describe('Variables', () => {
  it('may be as many as the limit says, and no more', () => {
    expect(admit({ a: 1, b: 2, c: 3 })).not.toThrow();
    expect(admit({ a: 1, b: 2, c: 3, d: 4 })).toThrow('The request has more than 3 variables');
  });

  it.each([
    ['a list', (count: number) => ({ a: Array.from({ length: count - 1 }, () => 1) })],
    ['lists in lists', (count: number) => ({ a: Array.from({ length: count - 2 }, () => []), b: null })],
    [
      'objects',
      (count: number) => ({ a: { list: Object.fromEntries(Array.from({ length: count - 2 }, (_, at) => [at, at])) } }),
    ],
  ])('may hold as many values as the limit says, in %s too', (_, of) => {
    expect(admit(of(10))).not.toThrow();
    expect(admit(of(11))).toThrow('The request has more than 10 values in variables');
  });

  it('that are without end are not counted to the end', () => {
    const million = Array.from({ length: 1_000_000 }, () => 1);
    const startedAt = performance.now();
    for (let time = 0; time < 10; time += 1)
      expect(admit({ a: [million, million], b: million })).toThrow('than 10 values');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
