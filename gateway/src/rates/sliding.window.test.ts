import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLOTS, SlidingWindow } from './sliding.window.ts';

const SLOT_MS = 6_000;
const MINUTE = SLOTS * SLOT_MS;

/** Takes one if there is room. Returns how long until there is. */
function take(window: SlidingWindow, now: number, max: number, units = 1): number {
  const wait = window.wait(now, units, max, SLOT_MS);
  if (wait === 0) window.add(now, units, SLOT_MS);
  return wait;
}

describe('A sliding window', () => {
  it('is full at its limit, and says when there is room again', () => {
    const window = new SlidingWindow(0);
    expect([0, 1, 2].map((at) => take(window, at, 3))).toEqual([0, 0, 0]);
    const wait = take(window, 1_000, 3);
    expect(wait).toBe(MINUTE + SLOT_MS - 1_000);
    expect(take(window, 1_000 + wait - 1, 3)).toBe(1);
    expect(take(window, 1_000 + wait, 3)).toBe(0);
  });

  it('does not let twice the limit through at the turn of a minute', () => {
    const window = new SlidingWindow(0);
    expect([1, 2, 3].map((ago) => take(window, MINUTE - ago, 3))).toEqual([0, 0, 0]);
    expect(take(window, MINUTE + 1, 3)).toBeGreaterThan(0);
  });

  /** Comes after each of these pauses. Returns when it got through, and of each refusal how long it was told to wait. */
  function come(max: number, pauses: readonly number[]) {
    const window = new SlidingWindow(0);
    const taken: number[] = [];
    const refusals: { wait: number; exact: number }[] = [];
    let now = 0;
    for (const pause of pauses) {
      now += pause;
      const wait = take(window, now, max);
      if (wait === 0) taken.push(now);
      else refusals.push({ wait, exact: taken.at(-max)! + MINUTE - now });
    }
    return { taken, refusals };
  }

  it('never has more than the limit in any stretch of its length, and makes nobody wait a tenth longer than that', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: MINUTE / 2 }), { minLength: 1, maxLength: 100 });
    const property = fc.property(fc.integer({ min: 1, max: 10 }), pauses, (max, gaps) => {
      const { taken, refusals } = come(max, gaps);
      const most = Math.max(...taken.map((end) => taken.filter((at) => at > end - MINUTE && at <= end).length));
      expect(most).toBeLessThanOrEqual(max);
      expect(refusals.filter(({ wait, exact }) => wait < exact || wait > exact + SLOT_MS)).toEqual([]);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('says of what can never fit that it is to wait a whole window, however empty it is', () => {
    expect(new SlidingWindow(0).wait(0, 4, 3, SLOT_MS)).toBe(MINUTE + SLOT_MS);
  });

  it('has room again for what is given back, unless it has left already', () => {
    const window = new SlidingWindow(0);
    window.add(0, 3, SLOT_MS);
    window.giveBack(0, 2, SLOT_MS);
    expect(window.total).toBe(1);
    window.wait(3 * MINUTE, 1, 3, SLOT_MS);
    window.giveBack(0, 1, SLOT_MS);
    expect(window.total).toBe(0);
  });

  it('goes on counting when the clock is set back', () => {
    const window = new SlidingWindow(100);
    window.add(100 * SLOT_MS, 3, SLOT_MS);
    expect(window.wait(0, 1, 3, SLOT_MS)).toBeGreaterThan(0);
  });
});
