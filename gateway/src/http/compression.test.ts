import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { codingFor, compress } from './compression.ts';

describe('Compression', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.1, gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['deflate', undefined],
    ['identity, br;q=0.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('for who accepts %s is %s', (accepted, coding) => {
    expect(codingFor(accepted)).toBe(coding);
  });

  it('takes nothing away', async () => {
    const text = JSON.stringify({ data: { titles: Array.from({ length: 1_000 }, (_, at) => `Überlänge № ${at}`) } });
    const [br, gzip] = await Promise.all([compress(text, 'br'), compress(text, 'gzip')]);
    expect(brotliDecompressSync(br).toString()).toBe(text);
    expect(gunzipSync(gzip).toString()).toBe(text);
    expect(Math.max(br.length, gzip.length)).toBeLessThan(text.length / 3);
  });
});
