import { expect, it } from '@jest/globals';
import { progressLine } from './progress.line.ts';

function told(isTTY: boolean, steps: number) {
  const written: string[] = [];
  const tell = progressLine({ isTTY, write: (text) => written.push(text) }, () => 0);
  for (let done = 0; done <= steps; done += 1) tell('products', done, steps);
  return written;
}

it('is one line on a terminal, which is written over and ends at the end', () => {
  const lines = told(true, 100);
  expect(lines).toHaveLength(101);
  expect(lines.every((line) => line.startsWith('\r'))).toBe(true);
  expect(lines.filter((line) => line.endsWith('\n'))).toEqual([lines.at(-1)]);
  expect(lines.at(-1)).toContain('100 of 100');
});

it('is a line for every part of ten in a log', () => {
  const lines = told(false, 1_000);
  expect(lines).toHaveLength(11);
  expect(lines[5]).toBe('products: 500 of 1,000, 0 s\n');
});
