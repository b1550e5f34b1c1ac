import { badUserInput } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, IsTimeZone, Matches, MaxLength } from 'class-validator';
import { GraphQLDate } from 'graphql-scalars';
import { ArgsType, Field, registerEnumType } from 'type-graphql';
import { addDays, dayAt, dayOf, daysIn, SalesInterval } from './calendar.ts';
import type { SalesRange } from './read-sales.ts';

/** A leap year. */
const MAX_DAYS = 366;
const DEFAULT_DAYS = 30;
/** Years that have sales, and that the database and we write alike. */
const YEARS = ['2000-01-01', '2100-12-31'] as const;

registerEnumType(SalesInterval, {
  name: 'SalesInterval',
  description: 'How long the periods are that sales are told by.',
  valuesConfig: {
    DAY: { description: 'From midnight to midnight.' },
    WEEK: { description: 'From Monday to Sunday.' },
    MONTH: { description: 'From the first to the last of a month.' },
  },
});

@ArgsType()
export class TimeZoneArguments {
  /** Only what is a name to the database as well, which takes short ones such as `CET` for an offset. */
  @Field(() => String, {
    defaultValue: 'UTC',
    description: 'Where days begin at midnight: `UTC` or an IANA name with its area, such as `Europe/Berlin`.',
  })
  @MaxLength(64)
  @Matches(/^(UTC|[A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/, { message: 'Give a time zone such as Europe/Berlin.' })
  @IsTimeZone({ message: 'Give a time zone such as Europe/Berlin.' })
  timeZone!: string;
}

@ArgsType()
export class AnalyticsArguments extends TimeZoneArguments {
  @Field(() => GraphQLDate, {
    nullable: true,
    description: `The first day; ${DEFAULT_DAYS} days up to the last one unless told.`,
  })
  @IsOptional()
  from?: Date | null;

  @Field(() => GraphQLDate, {
    nullable: true,
    description: `The last day, at most ${MAX_DAYS} with the first; today unless told.`,
  })
  @IsOptional()
  to?: Date | null;

  @Field(() => SalesInterval, { defaultValue: SalesInterval.DAY, description: 'How long the periods are.' })
  @IsEnum(SalesInterval)
  interval!: SalesInterval;
}

/** @throws `BAD_USER_INPUT` for days in the wrong order, too many of them, or such as no shop has had */
export function rangeOf({ from, to, interval, timeZone }: AnalyticsArguments, now: Date): SalesRange {
  const last = to ? dayOf(to) : dayAt(now, timeZone);
  const first = from ? dayOf(from) : addDays(last, 1 - DEFAULT_DAYS);
  const span = { from: first, to: last };
  if (first < YEARS[0] || last > YEARS[1]) {
    throw badUserInput([{ path: 'from', message: 'Ask for days between the years 2000 and 2100.' }]);
  }
  if (first > last) throw badUserInput([{ path: 'to', message: 'The last day is before the first one.' }]);
  if (daysIn(span) > MAX_DAYS) {
    throw badUserInput([{ path: 'to', message: `Ask for at most ${MAX_DAYS} days at once.` }]);
  }
  return { ...span, interval, timeZone };
}
