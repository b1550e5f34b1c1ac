import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Sealer, UnsealingFailed } from './sealer.ts';

const OLD = 'an old root secret, long enough to be one';
const NEW = 'a new root secret, long enough to be one';

const sealer = new Sealer([OLD]);

describe('a sealed text', () => {
  test('can be read again, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plaintext, purpose) => {
        expect(sealer.unseal(sealer.seal(plaintext, purpose), purpose)).toBe(plaintext);
      }),
    );
  });

  test('shows nothing of what it holds, not even that it is the same', () => {
    const [one, two] = [sealer.seal('hunter2', 'password'), sealer.seal('hunter2', 'password')];
    expect(one).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('hunter2');
    expect(one).not.toBe(two);
  });

  test('is refused when any character of it was changed, dropped or added', () => {
    const sealed = sealer.seal('hunter2', 'password');
    const altered = [...sealed].flatMap((character, at) => [
      sealed.slice(0, at) + (character === 'A' ? 'B' : 'A') + sealed.slice(at + 1),
      sealed.slice(0, at) + sealed.slice(at + 1),
      `${sealed.slice(0, at)}A${sealed.slice(at)}`,
    ]);
    for (const text of [...altered, `${sealed}=`, `${sealed}.`, '', 'v1.', 'v1.AAAA']) {
      expect(() => sealer.unseal(text, 'password')).toThrow(UnsealingFailed);
    }
  });

  test('is refused for another purpose', () => {
    const sealed = sealer.seal('hunter2', 'password');
    expect(() => sealer.unseal(sealed, 'totp-secret')).toThrow(UnsealingFailed);
  });

  test('is refused with another secret', () => {
    const sealed = sealer.seal('hunter2', 'password');
    expect(() => new Sealer([NEW]).unseal(sealed, 'password')).toThrow(UnsealingFailed);
  });
});

describe('a root secret that is rotated', () => {
  const rotated = new Sealer([NEW, OLD]);

  test('still opens what it sealed, and seals nothing more', () => {
    const [before, after] = [sealer.seal('hunter2', 'password'), rotated.seal('hunter2', 'password')];
    expect(rotated.unseal(before, 'password')).toBe('hunter2');
    expect(new Sealer([NEW]).unseal(after, 'password')).toBe('hunter2');
    expect(() => sealer.unseal(after, 'password')).toThrow(UnsealingFailed);
  });

  test('can be dropped once nothing is outdated', () => {
    const before = sealer.seal('hunter2', 'password');
    expect(rotated.isOutdated(before, 'password')).toBe(true);
    const again = rotated.seal(rotated.unseal(before, 'password'), 'password');
    expect(rotated.isOutdated(again, 'password')).toBe(false);
    expect(() => rotated.isOutdated('v1.AAAA', 'password')).toThrow(UnsealingFailed);
  });
});

test('a secret must be there, and long', () => {
  expect(() => new Sealer([])).toThrow('needs a secret');
  expect(() => new Sealer([NEW, 'short'])).toThrow('at least 32 characters');
});
