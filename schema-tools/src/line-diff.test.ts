import { describe, expect, test } from '@jest/globals';
import { lineDiff } from './line-diff.ts';

describe('a short diff', () => {
  test('shows what went and what came, in the order of the text', () => {
    expect(lineDiff('a\nb\nc\nd\ne', 'a\nB\nc\ne\nf')).toBe('- b\n+ B\n- d\n+ f');
  });

  test('is empty for equal texts', () => {
    expect(lineDiff('a\nb', 'a\nb')).toBe('');
  });

  test('counts the lines it leaves out', () => {
    const many = Array.from({ length: 25 }, (_, index) => `line ${index}`).join('\n');
    const lines = lineDiff('', many).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 6 more lines');
  });

  test('of two long texts that share little is still cheap', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(lineDiff(long('old'), long('new'))).toMatch(/^- old 0\n/);
  });
});
