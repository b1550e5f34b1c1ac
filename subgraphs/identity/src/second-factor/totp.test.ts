import { describe, expect, test } from '@jest/globals';
import { codeAt, createTotpSecret, stepOfCode, totpUrl } from './totp.ts';

/** The secret of RFC 6238's test vectors, `12345678901234567890`. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %i seconds the code is that of RFC 6238', (seconds, code) => {
  expect(codeAt(RFC_SECRET, at(seconds))).toBe(code);
  expect(stepOfCode(RFC_SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
});

describe('a code', () => {
  const now = 1_234_567_890;
  const code = codeAt(RFC_SECRET, at(now));

  test.each([-30, 0, 30])('is taken %i seconds off, as what it is', (off) => {
    expect(stepOfCode(RFC_SECRET, code, at(now + off))).toBe(Math.floor(now / 30));
  });

  test.each([-60, 60])('is not taken %i seconds off', (off) => {
    expect(stepOfCode(RFC_SECRET, code, at(now + off))).toBeUndefined();
  });

  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('"%s" is none', (typed) => {
    expect(stepOfCode(RFC_SECRET, typed, at(now))).toBeUndefined();
  });

  test('may be typed with a space, as apps show it', () => {
    expect(stepOfCode(RFC_SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, at(now))).toBeDefined();
  });
});

test('a secret has 160 bits and is never the same', () => {
  const [one, two] = [createTotpSecret(), createTotpSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(two);
});

test('a URL survives names with signs in them', () => {
  const url = new URL(totpUrl(RFC_SECRET, 'Super & Graph', 'ada+test@example.com'));
  expect(url.searchParams.get('issuer')).toBe('Super & Graph');
  expect(decodeURIComponent(url.pathname)).toContain('ada+test@example.com');
});
