import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { DigestFrequency } from '../preference/notification-settings.entity.ts';
import { type DigestPeriod, lastDigestPeriod } from './digest-period.ts';

const BATCH = 100;
const MAX_ITEMS = 10;

interface Candidate {
  readonly user_id: string;
  readonly unread: number;
  readonly items: readonly { readonly title: string; readonly createdAt: string }[];
}

/** People of a time zone with something unread from the period, who were not sent its digest yet. */
const CANDIDATES = `
select r.user_id, unread.total::integer as unread, unread.items
from recipient r
left join notification_settings s on s.user_id = r.user_id
cross join lateral (
  select count(*) as total,
    (jsonb_agg(jsonb_build_object('title', n.title, 'createdAt',
      to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by n.sequence desc)
      filter (where n.place <= ${MAX_ITEMS})) as items
  from (
    select title, created_at, sequence, row_number() over (order by sequence desc) as place
    from notification
    where user_id = r.user_id and read_at is null and archived_at is null and created_at >= ? and created_at < ?
  ) n
) unread
where r.time_zone = ? and r.status = 'ACTIVE' and r.email is not null and r.user_id > ?::uuid
  and coalesce(s.digest, 'WEEKLY') = ? and unread.total > 0
  and not exists (
    select from notification_delivery d where d.source = 'digest:' || ? || ':' || r.user_id and d.channel = 'EMAIL')
order by r.user_id limit ${BATCH}`;

/**
 * Sends everybody whose morning it is the summary of what they have not read. Runs every hour; each person gets each
 * period's digest once, however often it runs, and a run that was missed is made up for by the next.
 */
export async function sendDigests(work: MessagingWork): Promise<void> {
  const zones = await work.em.execute<{ time_zone: string }[]>(
    `select distinct time_zone from recipient where status = 'ACTIVE'`,
  );
  for (const { time_zone: timeZone } of zones) {
    for (const frequency of [DigestFrequency.DAILY, DigestFrequency.WEEKLY] as const) {
      await sendToZone(work, timeZone, frequency);
    }
  }
}

async function sendToZone(
  work: MessagingWork,
  timeZone: string,
  frequency: DigestFrequency.DAILY | DigestFrequency.WEEKLY,
): Promise<void> {
  const period = periodIn(work, timeZone, frequency);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const values = [period.start, period.end, timeZone, after, frequency, period.key];
    const candidates = await work.em.execute<Candidate[]>(CANDIDATES, values);
    // A transaction each: a batch that fails takes back only itself.
    await work.transaction(async () => {
      for (const candidate of candidates) await sendOne(work, candidate, period);
    });
    work.em.clear();
    if (candidates.length < BATCH) return;
    after = candidates.at(-1)!.user_id;
  }
}

async function sendOne(
  work: MessagingWork,
  { user_id, unread, items }: Candidate,
  period: DigestPeriod,
): Promise<void> {
  await notifyRecipients(work, [user_id], {
    type: NotificationType.WEEKLY_SUMMARY,
    variables: { since: period.start.toISOString(), unreadCount: unread, items },
    cause: `digest:${period.key}`,
    link: '/notifications',
  });
}

function periodIn(
  work: MessagingWork,
  timeZone: string,
  frequency: DigestFrequency.DAILY | DigestFrequency.WEEKLY,
): DigestPeriod {
  try {
    return lastDigestPeriod(work.now(), timeZone, frequency);
  } catch {
    // A zone that we do not know must not cost everybody else their digest.
    return lastDigestPeriod(work.now(), 'UTC', frequency);
  }
}
