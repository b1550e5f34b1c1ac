import { purgeAttempts, purgeIdempotencyKeys } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';

/** Rows of one statement: enough to keep up, few enough not to hold locks for long. */
const BATCH = 1_000;

/** What nobody needs any more, and how long after its end: people ask what happened last week, not last year. */
const EXPIRED: Readonly<Record<string, string>> = {
  one_time_token: `expires_at < ?::timestamptz - interval '1 day'`,
  refresh_token: `expires_at < ?::timestamptz - interval '1 day'`,
  auth_session: `coalesce(revoked_at, expires_at) < ?::timestamptz - interval '30 days'`,
  sign_in_lockout: `last_failure_at < ?::timestamptz - interval '2 days'`,
};

/** Deletes tokens, sessions, counts of failures and keys of repeatable operations that have served. */
export async function forgetExpired(work: IdentityWork): Promise<void> {
  for (const [table, condition] of Object.entries(EXPIRED)) {
    let deleted: number;
    do {
      const rows = await work.em.execute<unknown[]>(
        `delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${BATCH})) returning 1`,
        [work.now()],
      );
      deleted = rows.length;
    } while (deleted === BATCH);
  }
  await purgeAttempts(work.em, work.now());
  await purgeIdempotencyKeys(work.em, work.now());
}
