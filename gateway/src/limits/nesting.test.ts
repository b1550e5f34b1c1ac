import { describe, expect, it } from '@jest/globals';
import { excessOf, isNestedTooDeep, MAX_NESTING } from './nesting.ts';

const nested = (levels: number, brackets = '[]') => brackets[0]!.repeat(levels) + brackets[1]!.repeat(levels);

describe('nesting', () => {
  it.each(['[]', '{}', '()'])('of %s ends at the limit', (brackets) => {
    expect(isNestedTooDeep(nested(MAX_NESTING, brackets))).toBe(false);
    expect(isNestedTooDeep(nested(MAX_NESTING + 1, brackets))).toBe(true);
  });

  it('is no matter of length', () => {
    expect(isNestedTooDeep('[{()}],'.repeat(10_000))).toBe(false);
  });

  it.each([
    ['JSON', JSON.stringify({ text: `"${nested(500)}\\`, more: '\\"' + nested(500) })],
    ['a document', `{ a(text: "\\"${nested(500)}") }`],
    ['a document, in a block', `{ a(text: """${nested(500)}""") }`],
  ])('in strings of %s does not count', (_, text) => expect(isNestedTooDeep(text)).toBe(false));

  it('after a string counts', () => {
    expect(isNestedTooDeep(`{"a\\\\": ${nested(500)}}`)).toBe(true);
  });

  it('takes no longer than the text is long', () => {
    const startedAt = performance.now();
    expect(isNestedTooDeep(`"${'\\'.repeat(1_000_000)}`)).toBe(false);
    expect(isNestedTooDeep('"\\"'.repeat(300_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('The values of JSON', () => {
  it.each([
    ['lists', (count: number) => JSON.stringify(Array.from({ length: count }, () => 0))],
    [
      'objects',
      (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, ',']))),
    ],
  ])('in %s may be as many as is said, and no more', (_, of) => {
    expect(excessOf(of(11), 10)).toBeUndefined();
    expect(excessOf(of(12), 10)).toBe('values');
  });
});
