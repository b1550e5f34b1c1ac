import { Temporal } from 'temporal-polyfill';
import { DigestFrequency } from '../preference/notification-settings.entity.ts';

/** What one digest covers. It goes out any time after `end`, so that one that was missed is made up for. */
export interface DigestPeriod {
  /** Names the period, equal for everybody in the same time zone. */
  readonly key: string;
  readonly start: Date;
  readonly end: Date;
}

/** Local hour at which a digest is due. */
const HOUR = 8;

/** The last period that has ended: the day or week before eight in the morning, on Mondays for a week. */
export function lastDigestPeriod(
  now: Date,
  timeZone: string,
  frequency: DigestFrequency.DAILY | DigestFrequency.WEEKLY,
): DigestPeriod {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const days = frequency === DigestFrequency.DAILY ? 1 : 7;
  const today = local.toPlainDate();
  const dueDay = frequency === DigestFrequency.DAILY ? today : today.subtract({ days: today.dayOfWeek - 1 });
  let end = dueDay.toZonedDateTime({ timeZone, plainTime: { hour: HOUR } });
  if (Temporal.ZonedDateTime.compare(end, local) > 0) end = end.subtract({ days });
  const start = end.subtract({ days });
  return {
    key: `${frequency}:${end.toPlainDate().toString()}`,
    start: new Date(start.epochMilliseconds),
    end: new Date(end.epochMilliseconds),
  };
}
