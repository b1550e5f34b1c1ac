import { describe, expect, it } from '@jest/globals';
import { ConcurrencyLimit, type Wait } from './concurrency.limit.ts';

const LONG = 60_000;

describe('A limit of how many at once', () => {
  const full = (maxWaiting: number): ConcurrencyLimit => {
    const limit = new ConcurrencyLimit(1, maxWaiting);
    expect(limit.take()).toBe(true);
    return limit;
  };

  it('lets in so many and no more', () => {
    const limit = new ConcurrencyLimit(2, 0);
    expect([limit.take(), limit.take(), limit.take()]).toEqual([true, true, false]);
    limit.giveBack();
    expect(limit.take()).toBe(true);
    expect(limit.taken).toBe(2);
  });

  it('serves those who wait in the order they came, and nobody overtakes them', async () => {
    const limit = full(3);
    const served: number[] = [];
    const waits = [1, 2, 3].map(async (number) => {
      await limit.wait(LONG);
      served.push(number);
    });
    for (const wait of waits) {
      limit.giveBack();
      expect(limit.take()).toBe(false);
      await wait;
    }
    expect(served).toEqual([1, 2, 3]);
  });

  it('tells whoever finds the line full at once', async () => {
    const limit = full(1);
    const first = limit.wait(LONG);
    expect(await limit.wait(LONG)).toBe('full');
    limit.giveBack();
    expect(await first).toBe('entered');
  });

  it('keeps no place for those who waited too long or left', async () => {
    const limit = full(3);
    const departure = new AbortController();
    const waits: Promise<Wait>[] = [limit.wait(5), limit.wait(LONG, departure.signal), limit.wait(LONG)];
    departure.abort();
    expect(await Promise.all(waits.slice(0, 2))).toEqual(['too late', 'left']);
    expect(limit.waiting).toBe(1);
    limit.giveBack();
    expect(await waits[2]).toBe('entered');
    limit.giveBack();
    expect([limit.taken, limit.waiting]).toEqual([0, 0]);
  });
});
