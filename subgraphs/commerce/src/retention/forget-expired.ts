import { purgeIdempotencyKeys } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';

/** Rows of one statement: enough to keep up, few enough not to hold locks for long. */
const BATCH = 1_000;

/** What came to nothing is of interest as long as somebody may ask what became of their order. What was sold is kept. */
const FORGET_RESERVATIONS = `
delete from stock_reservation where id in (
  select id from stock_reservation
  where state in ('RELEASED', 'EXPIRED') and settled_at < ?::timestamptz - interval '90 days'
  order by settled_at limit ${BATCH}
) returning 1`;

/** Deletes reservations that came to nothing and keys of repeatable operations that have served. Runs once a day. */
export async function forgetExpired(work: CommerceWork): Promise<void> {
  let deleted: number;
  do {
    deleted = (await work.em.execute<unknown[]>(FORGET_RESERVATIONS, [work.now()])).length;
  } while (deleted === BATCH);
  await purgeIdempotencyKeys(work.em, work.now());
}
