import { describe, expect, test } from '@jest/globals';
import { DigestFrequency } from '../preference/notification-settings.entity.ts';
import { lastDigestPeriod } from './digest-period.ts';

const { DAILY, WEEKLY } = DigestFrequency;

function periodOf(now: string, timeZone: string, frequency: DigestFrequency.DAILY | DigestFrequency.WEEKLY) {
  const { key, start, end } = lastDigestPeriod(new Date(now), timeZone, frequency);
  return [key, start.toISOString(), end.toISOString()];
}

describe('The period of a digest', () => {
  test('of a day ends at eight in the morning, local time', () => {
    const today = ['DAILY:2026-03-10', '2026-03-09T07:00:00.000Z', '2026-03-10T07:00:00.000Z'];
    expect(periodOf('2026-03-10T07:00:00Z', 'Europe/Zurich', DAILY)).toEqual(today);
    expect(periodOf('2026-03-11T06:59:59Z', 'Europe/Zurich', DAILY)).toEqual(today);
  });

  test('of a week ends on Monday, and is the same for the whole week', () => {
    const week = ['WEEKLY:2026-03-09', '2026-03-02T08:00:00.000Z', '2026-03-09T08:00:00.000Z'];
    expect(periodOf('2026-03-09T08:00:00Z', 'UTC', WEEKLY)).toEqual(week);
    expect(periodOf('2026-03-15T23:00:00Z', 'UTC', WEEKLY)).toEqual(week);
    expect(periodOf('2026-03-16T07:59:00Z', 'UTC', WEEKLY)).toEqual(week);
  });

  test('is an hour shorter across the change of clocks, so that it joins the ones beside it', () => {
    expect(periodOf('2026-03-29T12:00:00Z', 'Europe/Zurich', DAILY)).toEqual([
      'DAILY:2026-03-29',
      '2026-03-28T07:00:00.000Z',
      '2026-03-29T06:00:00.000Z',
    ]);
  });
});
