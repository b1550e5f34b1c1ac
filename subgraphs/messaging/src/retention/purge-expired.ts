import { purgeIdempotencyKeys } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 1_000;

/** Mails of the development mailbox: long enough to look, not an archive of other people's links. */
const MAILBOX_DAYS = 30;

/** Longer than anybody gives money back for. */
const BUYER_DAYS = 400;

const PURGES = {
  notification: 'created_at',
  // Those of notifications go with them; these are the mails that had none.
  notification_delivery: 'created_at',
  email_message: 'sent_at',
  order_buyer: 'placed_at',
} as const;

const FORGET_TOKENS = `
update notification_delivery set sealed_token = null
where sealed_token is not null and status = 'FAILED' and expires_at < ?`;

/** Deletes what is older than it is kept, in small steps so that nobody waits. Runs once a day. */
export async function purgeExpired(work: MessagingWork): Promise<void> {
  const keptSince = new Date(work.now().getTime() - work.services.retentionDays * DAY_MS);
  const mailKeptSince = new Date(work.now().getTime() - MAILBOX_DAYS * DAY_MS);
  await purge(work, 'notification', keptSince);
  await purge(work, 'notification_delivery', keptSince);
  await purge(work, 'email_message', mailKeptSince);
  await work.em.execute(FORGET_TOKENS, [work.now()], 'run');
  const buyersKeptSince = new Date(work.now().getTime() - BUYER_DAYS * DAY_MS);
  await purge(work, 'order_buyer', buyersKeptSince);
  await purgeIdempotencyKeys(work.em, work.now());
}

async function purge(work: MessagingWork, table: keyof typeof PURGES, before: Date): Promise<void> {
  const column = PURGES[table];
  const id = table === 'order_buyer' ? 'order_id' : 'id';
  const sql = `delete from ${table} where ${id} in (select ${id} from ${table} where ${column} < ? order by ${column} limit ${BATCH})`;
  for (;;) {
    const { affectedRows } = await work.em.execute<{ affectedRows: number }>(sql, [before], 'run');
    if (affectedRows < BATCH) return;
  }
}
