import { expect, test } from '@jest/globals';
import { addDays, dayAt, daysIn, periodsOf, SalesInterval, spanBefore } from './calendar.ts';

test('A span has as many days as a calendar says, also of a leap year', () => {
  expect(daysIn({ from: '2028-01-01', to: '2028-12-31' })).toBe(366);
  expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(spanBefore({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
});

test('Weeks begin on Mondays and months on the first; what juts out of the span is cut off', () => {
  // The 1st of May 2026 is a Friday.
  const span = { from: '2026-05-01', to: '2026-05-13' };
  expect(periodsOf(span, SalesInterval.WEEK)).toEqual([
    { from: '2026-05-01', to: '2026-05-03' },
    { from: '2026-05-04', to: '2026-05-10' },
    { from: '2026-05-11', to: '2026-05-13' },
  ]);
  expect(periodsOf(span, SalesInterval.DAY)).toHaveLength(13);
  expect(periodsOf({ from: '2027-12-30', to: '2028-02-29' }, SalesInterval.MONTH)).toEqual([
    { from: '2027-12-30', to: '2027-12-31' },
    { from: '2028-01-01', to: '2028-01-31' },
    { from: '2028-02-01', to: '2028-02-29' },
  ]);
});

test('It is another day elsewhere', () => {
  const moment = new Date('2026-03-29T23:30:00Z');
  expect(dayAt(moment, 'UTC')).toBe('2026-03-29');
  expect(dayAt(moment, 'Europe/Berlin')).toBe('2026-03-30');
  expect(dayAt(moment, 'America/New_York')).toBe('2026-03-29');
});
