import { createHash } from 'node:crypto';
import { rateLimited } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';

/** Failures in a row that are forgiven. Five a minute get through at most, so a person has had two minutes. */
const FORGIVEN = 10;
const LONGEST_LOCK_MINUTES = 60;

/** What is being guessed at, an e-mail address or a person's second factor, as limits and lockouts know it. */
export function subjectOf(guessed: string): string {
  return createHash('sha256').update(guessed).digest('base64url');
}

/** @throws `RATE_LIMITED` while the lock lasts */
export async function refuseWhileLocked(work: IdentityWork, guessed: string): Promise<void> {
  const [row] = await work.em.execute<{ seconds: number | null }[]>(
    `select ceil(extract(epoch from locked_until - ?::timestamptz))::integer as seconds
     from sign_in_lockout where subject = ?`,
    [work.now(), subjectOf(guessed)],
  );
  if (row?.seconds && row.seconds > 0) throw rateLimited(row.seconds);
}

/**
 * Counts a wrong guess. From the tenth in a row on each locks for twice as long as the one before: a minute, two, four,
 * up to an hour. A day without failures, a right guess and a password reset start anew.
 *
 * Stands at once, whatever becomes of the use-case.
 */
export async function recordFailedSignIn(work: IdentityWork, guessed: string): Promise<void> {
  const now = work.now();
  await work.em.execute(
    `insert into sign_in_lockout as lockout (subject, failures, last_failure_at) values (?, 1, ?)
     on conflict (subject) do update set
       failures = case when lockout.last_failure_at < excluded.last_failure_at - interval '1 day'
         then 1 else lockout.failures + 1 end,
       locked_until = case when lockout.last_failure_at < excluded.last_failure_at - interval '1 day'
           or lockout.failures + 1 < ?
         then null
         else excluded.last_failure_at
           + least(power(2, least(lockout.failures + 1 - ?, 30)), ?) * interval '1 minute' end,
       last_failure_at = excluded.last_failure_at`,
    [subjectOf(guessed), now, FORGIVEN, FORGIVEN, LONGEST_LOCK_MINUTES],
  );
}

export async function forgetFailedSignIns(work: IdentityWork, guessed: string): Promise<void> {
  await work.em.execute('delete from sign_in_lockout where subject = ?', [subjectOf(guessed)]);
}
