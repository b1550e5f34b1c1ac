import { expect, test } from '@jest/globals';
import { csvLine, neutralised, parseCsv, withoutNeutralising } from './csv.ts';

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

test('Records are read with whatever a spreadsheet writes', () => {
  expect(cellsOf('a,b\r\n1,"x, ""y"""\n')).toEqual([
    ['a', 'b'],
    ['1', 'x, "y"'],
  ]);
  expect(cellsOf('\ufeffa;b\r1,5;2')).toEqual([
    ['a', 'b'],
    ['1,5', '2'],
  ]);
  expect(cellsOf('a,b\n\n  \n1,\n,2')).toEqual([
    ['a', 'b'],
    ['1', ''],
    ['', '2'],
  ]);
  expect(cellsOf('')).toEqual([]);
});

test('A record knows its line, also after one that goes on for several', () => {
  const records = parseCsv('a\n"1\n2\n3"\n\nlast');
  expect(records.map(({ line }) => line)).toEqual([1, 2, 6]);
});

test.each(['a\n"open', 'a\n"closed" more'])('%j is no such text', (text) => {
  expect(() => parseCsv(text)).toThrow(SyntaxError);
});

test('A hundred thousand quotes cost no more than they should', () => {
  const before = performance.now();
  expect(() => parseCsv(`a\n"${'""'.repeat(100_000)}`)).toThrow(SyntaxError);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test.each(['=1+1', '+1', '-1', '@a', '\tx', '\rx'])(
  '%j is not left to a spreadsheet to run, and is found again',
  (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
    expect(withoutNeutralising(neutralised(text))).toBe(text);
    expect(cellsOf(csvLine([text]))).toEqual([[`'${text}`]]);
  },
);

test('Other text stays as it is, whatever it begins with', () => {
  for (const text of ['', 'a=1', "'quoted'", '5']) {
    expect(neutralised(text)).toBe(text);
    expect(withoutNeutralising(text)).toBe(text);
  }
});
