import type { CommerceWork } from '../context.ts';
import { announceStock, CHANGE, type LevelChange } from './announce-stock.ts';

/** Variants whose levels are locked at once, for as short a time as can be. */
const CHUNK = 100;

/** Levels first, as everybody does. One that is in use is left to the next run, or expires with whoever reserves there. */
const LOCK_SOME = `
select variant_id from stock_level
where variant_id in (select variant_id from stock_reservation where state = 'HELD' and expires_at <= ?)
order by variant_id limit ${CHUNK} for update skip locked`;

const EXPIRE = `
with freed as (
  update stock_reservation set state = 'EXPIRED', settled_at = ?
  where variant_id = any(?::uuid[]) and state = 'HELD' and expires_at <= ? returning variant_id, quantity
), total as (
  select variant_id, sum(quantity)::integer as quantity from freed group by variant_id
)
update stock_level l set reserved = l.reserved - total.quantity, updated_at = ?
from total where l.variant_id = total.variant_id returning ${CHANGE}`;

/** Gives back what buyers have held for too long. Runs every minute; a chunk that fails takes back only itself. */
export async function expireReservations(work: CommerceWork): Promise<void> {
  while ((await expireSome(work)) > 0);
}

function expireSome(work: CommerceWork): Promise<number> {
  return work.transaction(async () => {
    const now = work.now();
    const levels = await work.em.execute<{ variant_id: string }[]>(LOCK_SOME, [now]);
    if (levels.length === 0) return 0;
    const ids = `{${levels.map((level) => level.variant_id).join()}}`;
    const changes = await work.em.execute<LevelChange[]>(EXPIRE, [now, ids, now, now]);
    await announceStock(work, changes);
    return levels.length;
  });
}
