import type { CommerceWork } from '../context.ts';
import { announceStock, CHANGE, type LevelChange } from './announce-stock.ts';
import { lockOwnerAndLevels, type StockOwner } from './lock-stock.ts';

const RELEASE = `
with freed as (
  update stock_reservation set state = 'RELEASED', settled_at = ?
  where owner_kind = ? and owner_id = ? and state = 'HELD' returning variant_id, quantity
)
update stock_level l set reserved = l.reserved - freed.quantity, updated_at = ?
from freed where l.variant_id = freed.variant_id returning ${CHANGE}`;

/** Gives back whatever an owner holds; nothing when it holds nothing. What is sold stays sold. Runs as the system. */
export function releaseReservations(work: CommerceWork, owner: StockOwner): Promise<void> {
  return work.transaction(async () => {
    await lockOwnerAndLevels(work, owner);
    const now = work.now();
    await announceStock(work, await work.em.execute<LevelChange[]>(RELEASE, [now, owner.kind, owner.id, now]));
  });
}
