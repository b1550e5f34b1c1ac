import { expect, test } from '@jest/globals';
import { decimalOf, minorUnits } from './decimal-price.ts';

test.each([
  ['12.50', 'CHF', 1_250],
  ['12,5', 'EUR', 1_250],
  ['0.07', 'EUR', 7],
  ['1050', 'JPY', 1_050],
  ['1.234', 'KWD', 1_234],
  ['9007199254740.99', 'EUR', undefined],
  ['12.505', 'CHF', undefined],
  ['1.5', 'JPY', undefined],
  ['-1', 'CHF', undefined],
  ['1e3', 'CHF', undefined],
  ["1'000", 'CHF', undefined],
  ['', 'CHF', undefined],
])('%j %s is %s in minor units', (text, currency, amount) => {
  expect(minorUnits(text, currency)).toBe(amount);
});

test.each([
  [7, 'EUR', '0.07'],
  [1_250, 'CHF', '12.50'],
  [1_050, 'JPY', '1050'],
])('%s %s is written %s', (amount, currency, text) => {
  expect(decimalOf(amount, currency)).toBe(text);
  expect(minorUnits(text, currency)).toBe(amount);
});

test('What is below zero is written with its sign', () => {
  expect([decimalOf(-5, 'EUR'), decimalOf(-1_234, 'KWD'), decimalOf(-7, 'JPY')]).toEqual(['-0.05', '-1.234', '-7']);
});
