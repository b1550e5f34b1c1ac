import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Moment, SocketSweep, sweepInterval } from './socket.sweep.ts';

describe('the sweep of the sockets', () => {
  beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') }));
  afterEach(() => void jest.useRealTimers());

  it('asks each member at every interval, by one timer', () => {
    const sweep = new SocketSweep(1_000, { now: () => new Date() });
    const moments: Moment[] = [];
    for (let i = 0; i < 100; i++) sweep.add({ sweep: (now) => void moments.push(now) });
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(2_000);
    expect(moments).toHaveLength(200);
    expect(moments.at(-1)?.time).toBe(Date.parse('2026-11-20T12:00:02Z'));
  });

  it('has no timer when it has no member, so that it keeps no process alive', () => {
    const sweep = new SocketSweep(1_000, { now: () => new Date() });
    const member = { sweep: () => sweep.remove(member) };
    sweep.add(member);
    jest.advanceTimersByTime(1_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is as frequent as the shortest timeout needs it, within reason', () => {
    expect(sweepInterval([5_000, 12_000])).toBe(1_000);
    expect(sweepInterval([200, 12_000])).toBe(50);
    expect(sweepInterval([1, 12_000])).toBe(10);
  });
});
