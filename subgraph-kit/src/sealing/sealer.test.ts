import { describe, expect, test } from '@jest/globals';
import { Sealer } from './sealer.ts';

const OLD = 'an old root secret of forty characters..';
const NEW = 'a new root secret of forty characters...';

const sealer = new Sealer([NEW, OLD]);

describe('a sealed text', () => {
  test.each(['', 'short', 'Grüezi 👋', 'x'.repeat(10_000)])('opens as what it was', (text) => {
    expect(sealer.open(sealer.seal(text, 'test'), 'test')).toBe(text);
  });

  test('shows nothing of what it holds, and never looks the same', () => {
    const [one, two] = [sealer.seal('a token', 'test'), sealer.seal('a token', 'test')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('a token');
  });

  test('does not open for another purpose', () => {
    const sealed = sealer.seal('a token', 'event:token');
    expect(() => sealer.open(sealed, 'identity:second-factor')).toThrow('not sealed for identity:second-factor');
  });

  test('does not open once any part of it was changed', () => {
    const sealed = sealer.seal('a token', 'test');
    const [version, secret, body] = sealed.split('.') as [string, string, string];
    const bytes = Buffer.from(body, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(() => sealer.open(`${version}.${secret}.${changed.toString('base64url')}`, 'test')).toThrow('changed');
    }
  });

  test.each(['', 'a token', 's1.abcdefgh.short', 's2.abcdefgh.' + 'x'.repeat(40)])('"%s" is none', (text) => {
    expect(() => sealer.open(text, 'test')).toThrow('not a sealed text');
  });
});

describe('replacing the root secret', () => {
  test('keeps open what the old one sealed, and seals with the new one', () => {
    const before = new Sealer([OLD]);
    expect(sealer.open(before.seal('a token', 'test'), 'test')).toBe('a token');
    expect(new Sealer([NEW]).open(sealer.seal('a token', 'test'), 'test')).toBe('a token');
  });

  test('says which secret is missing once the old one is gone', () => {
    const sealed = new Sealer([OLD]).seal('a token', 'test');
    expect(() => new Sealer([NEW]).open(sealed, 'test')).toThrow(/secret [\w-]{8}, which is not among ours/);
  });
});
