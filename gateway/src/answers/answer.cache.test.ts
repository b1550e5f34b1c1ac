import { describe, expect, it } from '@jest/globals';
import { AnswerCache } from './answer.cache.ts';

const clock = { at: 0, now: () => new Date(clock.at) };
const cacheOf = (entries: number, characters = 1_000) =>
  new AnswerCache({ answerCacheEntries: entries, answerCacheCharacters: characters }, clock);

describe('The cache of answers', () => {
  it('keeps an answer from the moment its reading began', async () => {
    const cache = cacheOf(10);
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
    const reading = cache.lead('a', 60, promise);
    clock.at += 5_000;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.awaited('a')).toBeDefined();
    resolve({ motto: 'fresh' });
    expect(await reading).toEqual({ data: { motto: 'fresh' }, maxAge: 60, age: 0 });
    expect(cache.awaited('a')).toBeUndefined();
    expect(cache.get('a')).toEqual({ data: { motto: 'fresh' }, maxAge: 60, age: 5 });
    clock.at += 55_000;
    expect(cache.get('a')).toBeUndefined();
  });

  it('keeps nothing where there is nothing to keep', async () => {
    const cache = cacheOf(10);
    expect(await cache.lead('a', 60, Promise.resolve(undefined))).toBeUndefined();
    expect([cache.get('a'), cache.awaited('a')]).toEqual([undefined, undefined]);
  });

  it('lets go of what was unused for longest when there is too much', async () => {
    const cache = cacheOf(2);
    await cache.lead('a', 60, Promise.resolve({}));
    await cache.lead('b', 60, Promise.resolve({}));
    cache.get('a');
    await cache.lead('c', 60, Promise.resolve({}));
    expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
  });

  it('does not keep what would push out too much else', async () => {
    const cache = cacheOf(10, 1_000);
    expect(await cache.lead('long', 60, Promise.resolve({ text: 'x'.repeat(100) }))).toBeDefined();
    expect(cache.get('long')).toBeUndefined();
    await cache.lead('short', 60, Promise.resolve({ text: 'x'.repeat(80) }));
    expect(cache.get('short')).toBeDefined();
  });
});
