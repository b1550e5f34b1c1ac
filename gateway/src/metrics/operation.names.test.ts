import { describe, expect, it } from '@jest/globals';
import { ANONYMOUS, OperationNames, OTHER } from './operation.names.ts';

/** The labels of so many uses of a name. */
const use = (names: OperationNames, name: string, times: number) =>
  Array.from({ length: times }, () => names.labelOf(name, true));

describe('The names that metrics tell apart', () => {
  it('are those that are used again and again', () => {
    const names = new OperationNames(10);
    expect(use(names, 'Feed', 4)).toEqual([OTHER, OTHER, 'Feed', 'Feed']);
    expect(names.labelOf(undefined, true)).toBe(ANONYMOUS);
  });

  it('have no room for ten thousand that a stranger makes up', () => {
    const names = new OperationNames(10, ['Checkout']);
    const labels = new Set(Array.from({ length: 10_000 }, (_, index) => use(names, `Made${index}`, 5)[4]));
    expect(labels.size).toBe(10);
    expect(names.labelOf('Checkout', true)).toBe('Checkout');
    expect(use(names, 'Late', 5)).not.toContain('Late');
    names.trust(['Late']);
    expect(names.labelOf('Late', true)).toBe('Late');
  });

  it('are not pushed out by names that are used once', () => {
    const names = new OperationNames(10);
    for (let index = 0; index < 10_000; index += 1) names.labelOf(`Made${index}`, true);
    expect(use(names, 'Feed', 3)).toContain('Feed');
  });

  it('are not those of operations that failed, nor any of great length', () => {
    const names = new OperationNames(10);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(names.labelOf('Probe', false)).toBe(OTHER);
    expect(use(names, 'a'.repeat(1_000), 5)).toEqual(Array(5).fill(OTHER));
  });
});
