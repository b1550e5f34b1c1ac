import { describe, expect, it } from '@jest/globals';
import { findUnstorableText } from './storable-text.ts';

describe('text that cannot be kept', () => {
  it.each([
    ['U+0000', 'a\u0000b', ''],
    ['half of a pair', 'a\ud800b', ''],
    ['the other half', '\udc00', ''],
    ['in a list', { names: ['fine', 'a\u0000b'] }, 'names.1'],
    ['in the name of a property', { data: { 'a\u0000b': 1 } }, 'data'],
  ])('is found: %s', (_, input, path) => {
    expect(findUnstorableText(input)).toBe(path);
  });

  it.each([undefined, null, 7, new Date(), '', '👩‍👩‍👧', 'a\u0001', { a: [{ b: 'c' }] }])('is not in %p', (input) => {
    expect(findUnstorableText(input)).toBeUndefined();
  });

  it('is found however deep it is', () => {
    let input: unknown = '\u0000';
    for (let depth = 0; depth < 20_000; depth += 1) input = [input];
    expect(findUnstorableText(input)).toMatch(/^0(\.0)+$/);
  });
});
