import type { EntityManager } from '@mikro-orm/postgresql';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Forgets keys that are too old to be repeated and says how many. Meant for a daily job.
 *
 * @param keepDays at least 1, because clients may retry for a day
 */
export async function purgeIdempotencyKeys(em: EntityManager, now: Date, keepDays = 7): Promise<number> {
  if (keepDays < 1) throw new RangeError('Idempotency keys are kept for at least a day.');
  const oldest = new Date(now.getTime() - keepDays * DAY_MS);
  const { affectedRows } = await em.execute<{ affectedRows: number }>(
    'delete from idempotency_key where created_at < ?',
    [oldest],
    'run',
  );
  return affectedRows;
}
