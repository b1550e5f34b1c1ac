import { describe, expect, test } from '@jest/globals';
import { quietUntil } from './quiet-hours.ts';

const NIGHT = { start: '22:00', end: '07:00' };

/** When quiet hours end for somebody at a moment, both in UTC. */
function endsAt(now: string, timeZone: string, hours = NIGHT): string | undefined {
  return quietUntil(new Date(now), hours, timeZone)?.toISOString();
}

describe('Quiet hours', () => {
  test('do not hold anything back during the day', () => {
    expect(endsAt('2026-03-10T12:00:00Z', 'UTC')).toBeUndefined();
  });

  test('hold the evening and the early morning back until the same end', () => {
    expect(endsAt('2026-03-10T23:30:00Z', 'UTC')).toBe('2026-03-11T07:00:00.000Z');
    expect(endsAt('2026-03-11T06:59:59Z', 'UTC')).toBe('2026-03-11T07:00:00.000Z');
  });

  test('begin with their first moment and are over at their last', () => {
    expect(endsAt('2026-03-10T21:59:59Z', 'UTC')).toBeUndefined();
    expect(endsAt('2026-03-10T22:00:00Z', 'UTC')).toBeDefined();
    expect(endsAt('2026-03-11T07:00:00Z', 'UTC')).toBeUndefined();
  });

  test('within one day end on that day', () => {
    const siesta = { start: '13:00', end: '15:00' };
    expect(endsAt('2026-03-10T14:00:00Z', 'UTC', siesta)).toBe('2026-03-10T15:00:00.000Z');
    expect(endsAt('2026-03-10T16:00:00Z', 'UTC', siesta)).toBeUndefined();
  });

  test('go by the local time of the recipient', () => {
    expect(endsAt('2026-03-10T14:00:00Z', 'Asia/Tokyo')).toBe('2026-03-10T22:00:00.000Z');
    expect(endsAt('2026-03-10T14:00:00Z', 'America/New_York')).toBeUndefined();
  });

  test('are an hour shorter in the night in which clocks go forward', () => {
    // Zurich, 29 March 2026: 02:00 becomes 03:00, and 07:00 is at 05:00 UTC instead of 06:00.
    expect(endsAt('2026-03-28T22:00:00Z', 'Europe/Zurich')).toBe('2026-03-29T05:00:00.000Z');
    expect(endsAt('2026-03-27T22:00:00Z', 'Europe/Zurich')).toBe('2026-03-28T06:00:00.000Z');
  });

  test('are an hour longer in the night in which clocks go back', () => {
    // Zurich, 25 October 2026: 03:00 becomes 02:00.
    expect(endsAt('2026-10-24T21:00:00Z', 'Europe/Zurich')).toBe('2026-10-25T06:00:00.000Z');
  });

  test('that end at a time which is skipped end right after the gap', () => {
    expect(endsAt('2026-03-29T00:30:00Z', 'Europe/Zurich', { start: '22:00', end: '02:30' })).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  test('that end at a time which comes twice end the first time, and do not begin again', () => {
    const untilHalfPastTwo = { start: '22:00', end: '02:30' };
    expect(endsAt('2026-10-25T00:15:00Z', 'Europe/Zurich', untilHalfPastTwo)).toBe('2026-10-25T00:30:00.000Z');
    // 02:15 once more, by the clock on the wall.
    expect(endsAt('2026-10-25T01:15:00Z', 'Europe/Zurich', untilHalfPastTwo)).toBeUndefined();
  });

  test('go by UTC for somebody whose time zone nobody knows', () => {
    expect(endsAt('2026-03-10T23:30:00Z', 'Mars/Olympus')).toBe('2026-03-11T07:00:00.000Z');
  });
});
