import type { CommerceWork } from '../context.ts';
import { currentHold, isCommitted, isHeld, lineOf } from './current-hold.ts';
import { lockOwnerAndLevels, type StockOwner } from './lock-stock.ts';
import { moveStock } from './move-stock.ts';
import type { StockLine } from './stock-lines.ts';
import { StockMovementReason } from './stock-movement.entity.ts';

export type CommitOutcome =
  /** Sold, now or before. */
  | { readonly outcome: 'COMMITTED'; readonly lines: readonly StockLine[] }
  /** These are not held any more, and nothing was sold: `reacquireReservations` tries to get them back. */
  | { readonly outcome: 'LOST'; readonly lost: readonly StockLine[] };

const SETTLE = `
update stock_reservation set state = 'COMMITTED', settled_at = ? where owner_kind = ? and owner_id = ? and state = 'HELD'`;

/**
 * Sells all that an owner reserved last, or nothing: it leaves the shelf for good. What is overdue is still held as long
 * as nobody else took it. Runs as the system; doing it twice sells once.
 */
export function commitReservations(work: CommerceWork, owner: StockOwner): Promise<CommitOutcome> {
  return work.transaction(async () => {
    await lockOwnerAndLevels(work, owner);
    const current = await currentHold(work, owner);
    const lines = current.map(lineOf);
    if (current.length > 0 && current.every(isCommitted)) return { outcome: 'COMMITTED', lines };
    const lost = current.filter((line) => !isHeld(line)).map(lineOf);
    if (current.length === 0 || lost.length > 0) return { outcome: 'LOST', lost };
    await work.em.execute(SETTLE, [work.now(), owner.kind, owner.id], 'run');
    await moveStock(
      work,
      current.map(({ id, variantId, quantity }) => ({
        variantId,
        quantity: -quantity,
        held: quantity,
        reason: StockMovementReason.SOLD,
        cause: `reservation ${id}`,
      })),
    );
    return { outcome: 'COMMITTED', lines };
  });
}
