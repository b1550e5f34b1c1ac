import { beforeEach, describe, expect, it } from '@jest/globals';
import { FloodGate } from './flood.gate.ts';

let now: number;
let told: [string, number, boolean][];
let gate: FloodGate<string>;

beforeEach(() => {
  now = 0;
  told = [];
  gate = new FloodGate(
    (about, suppressed, isMixed) => told.push([about, suppressed, isMixed]),
    () => now,
  );
});

const passes = (kind: string) => gate.passes(kind, kind);

describe('What is told again and again', () => {
  it('passes once, and its end says how many were held back', () => {
    expect([passes('a'), passes('a'), passes('a'), passes('b')]).toEqual([true, false, false, true]);
    now = 9_999;
    expect(passes('a')).toBe(false);
    expect(told).toEqual([]);
    now = 10_000;
    expect(passes('a')).toBe(true);
    expect(told).toEqual([['a', 3, false]]);
  });

  it('is told of at the end even when nothing follows', () => {
    passes('a');
    passes('a');
    gate.close();
    expect(told).toEqual([['a', 1, false]]);
  });

  it('says nothing of what came once', () => {
    passes('a');
    gate.close();
    expect(told).toEqual([]);
  });
});

describe('What comes from everywhere', () => {
  it('passes two hundred times, and the rest is told of as one', () => {
    const passed = Array.from({ length: 10_000 }, (_, index) => passes(String(index))).filter(Boolean);
    expect(passed).toHaveLength(200);
    now = 10_000;
    expect(passes('late')).toBe(true);
    expect(told).toEqual([['200', 9_800, true]]);
  });
});
