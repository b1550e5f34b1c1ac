import { Temporal } from 'temporal-polyfill';

/** Local times of day, `HH:MM`. A start after the end spans midnight. */
export interface QuietHours {
  readonly start: string;
  readonly end: string;
}

/**
 * When the quiet hours that `now` falls into are over; `undefined` outside of them.
 *
 * Clocks that change during the night are taken into account: an end that is skipped in spring comes with the first
 * moment after the gap, and one that happens twice in autumn counts once, the first time.
 */
export function quietUntil(now: Date, hours: QuietHours, timeZone: string): Date | undefined {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zoneOf(timeZone));
  const end = Temporal.PlainTime.from(hours.end);
  // Began yesterday, or today; a night that began earlier is over.
  for (const daysAgo of [1, 0]) {
    const day = local.toPlainDate().subtract({ days: daysAgo });
    const begins = momentOn(day, Temporal.PlainTime.from(hours.start), local.timeZoneId);
    const spansMidnight = hours.start > hours.end;
    const ends = momentOn(spansMidnight ? day.add({ days: 1 }) : day, end, local.timeZoneId);
    if (begins <= now.getTime() && now.getTime() < ends) return new Date(ends);
  }
  return undefined;
}

function momentOn(day: Temporal.PlainDate, time: Temporal.PlainTime, timeZone: string): number {
  // 'compatible' moves a skipped time behind the gap and takes the first of two equal ones.
  return day.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

function zoneOf(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    // Somebody's unknown zone must not cost them their mail.
    return 'UTC';
  }
}
