import { expect, test } from '@jest/globals';
import { equalInConstantTime, hashToken, randomToken } from './token.ts';

test('tokens are long, safe in a URL and never the same', () => {
  const tokens = Array.from({ length: 100 }, () => randomToken());
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  expect(new Set(tokens).size).toBe(100);
  expect(randomToken(16)).toMatch(/^[\w-]{22}$/);
  expect(() => randomToken(15)).toThrow('at least 16 bytes');
});

test('a token is recognised by its SHA-256', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test.each([
  ['secret', 'secret', true],
  ['secret', 'secreT', false],
  ['secret', 'secret ', false],
  ['', '', true],
])('%j and %j: the same is %j', (one, other, same) => {
  expect(equalInConstantTime(one, other)).toBe(same);
});
