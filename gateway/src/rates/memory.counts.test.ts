import { describe, expect, it } from '@jest/globals';
import { Limit, type Take } from './limit.ts';
import { MemoryCounts } from './memory.counts.ts';

const perAddress = new Limit('Mutation.login', 3, 60, 'address');
const perPair = new Limit('Mutation.login', 1, 60, 'address+input.email');

const one = (limit: Limit, who: string, units = 1): Take => ({ limit, key: limit.keyOf(who), units });

describe('Counts in memory', () => {
  it('take all or nothing: who is refused for one limit has used up no other', () => {
    const counts = new MemoryCounts(100);
    const both = [one(perAddress, 'a'), one(perPair, 'a ada')];
    expect(counts.take(both, 0)).toBeUndefined();
    expect(counts.take(both, 0)?.limit).toBe(perPair);
    expect(counts.totalOf(perAddress.keyOf('a'))).toBe(1);
  });

  it('name the limit with the longest wait', () => {
    const counts = new MemoryCounts(100);
    const hourly = new Limit('Mutation.register', 1, 3_600);
    counts.take([one(hourly, 'a'), one(perPair, 'a')], 0);
    expect(counts.take([one(perPair, 'a'), one(hourly, 'a')], 0)?.limit).toBe(hourly);
  });

  it('do not grow without bound, however many addresses there are', () => {
    const counts = new MemoryCounts(1_000);
    for (let address = 0; address < 100_000; address += 1) counts.take([one(perAddress, String(address))], 0);
    expect(counts.size).toBe(1_000);
  });

  it('do not grow by what is refused', () => {
    const counts = new MemoryCounts(1_000);
    counts.take([one(perAddress, 'a', 3)], 0);
    for (let name = 0; name < 100; name += 1) {
      expect(counts.take([one(perAddress, 'a'), one(perPair, `a ${name}`)], 0)?.limit).toBe(perAddress);
    }
    expect(counts.size).toBe(1);
  });

  it('remember whoever goes on knocking, while a crowd comes by', () => {
    const counts = new MemoryCounts(100);
    counts.take([one(perAddress, 'guesser', 3)], 0);
    const knocks = Array.from({ length: 20 }, (_, round) => {
      for (let index = 0; index < 50; index += 1) counts.take([one(perAddress, `${round} ${index}`)], 0);
      return counts.take([one(perAddress, 'guesser')], 0);
    });
    expect(knocks).not.toContain(undefined);
  });

  it('let nothing through under a key that is closed, until then', () => {
    const counts = new MemoryCounts(100);
    counts.close(one(perAddress, 'a'), 0, 500);
    expect(counts.take([one(perAddress, 'a')], 100)?.waitMs).toBe(400);
    expect(counts.take([one(perAddress, 'a')], 500)).toBeUndefined();
  });
});
