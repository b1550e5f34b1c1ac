/** A day of a calendar without a place: `2026-03-29`. Such texts sort as the days do. */
export type Day = string;

export enum SalesInterval {
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
}

/** From the first to the last day, both included. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const timeOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** As a date that stands for a day, at midnight in UTC. */
export const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);

export const addDays = (day: Day, count: number): Day => dayOf(new Date(timeOf(day) + count * DAY_MS));

export const daysIn = ({ from, to }: DaySpan): number => Math.round((timeOf(to) - timeOf(from)) / DAY_MS) + 1;

/** As many days, right before. */
export const spanBefore = (span: DaySpan): DaySpan => ({
  from: addDays(span.from, -daysIn(span)),
  to: addDays(span.from, -1),
});

/** Which day it is somewhere. */
export function dayAt(moment: Date, timeZone: string): Day {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The days, weeks from Monday on or months of a span; the first and the last only as far as they lie within. */
export function periodsOf(span: DaySpan, interval: SalesInterval): DaySpan[] {
  const periods: DaySpan[] = [];
  for (let from = span.from; from <= span.to;) {
    const end = lastDayOf(from, interval);
    const to = end < span.to ? end : span.to;
    periods.push({ from, to });
    from = addDays(to, 1);
  }
  return periods;
}

function lastDayOf(day: Day, interval: SalesInterval): Day {
  const date = new Date(timeOf(day));
  switch (interval) {
    case SalesInterval.DAY:
      return day;
    case SalesInterval.WEEK:
      return addDays(day, (7 - date.getUTCDay()) % 7);
    case SalesInterval.MONTH:
      return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)));
  }
}
