import type { CommerceWork } from '../context.ts';
import { currentHold, isHeld, lineOf } from './current-hold.ts';
import { lockOwnerAndLevels, type StockOwner } from './lock-stock.ts';
import type { StockLine } from './stock-lines.ts';

export type ExtendOutcome =
  | { readonly outcome: 'EXTENDED' }
  /** These are not held any more; none was extended. */
  | { readonly outcome: 'LOST'; readonly lost: readonly StockLine[] };

const POSTPONE = `
update stock_reservation set expires_at = greatest(expires_at, ?) where owner_kind = ? and owner_id = ? and state = 'HELD'`;

/** Holds what an owner has for longer, never for less. Runs as the system. */
export function extendReservations(work: CommerceWork, owner: StockOwner, expiresAt: Date): Promise<ExtendOutcome> {
  return work.transaction(async () => {
    await lockOwnerAndLevels(work, owner);
    const current = await currentHold(work, owner);
    const lost = current.filter((line) => !isHeld(line)).map(lineOf);
    if (current.length === 0 || lost.length > 0) return { outcome: 'LOST', lost };
    await postponeExpiry(work, owner, expiresAt);
    return { outcome: 'EXTENDED' };
  });
}

/** The owner and the levels have to be locked before. */
export async function postponeExpiry(work: CommerceWork, { kind, id }: StockOwner, expiresAt: Date): Promise<void> {
  await work.em.execute(POSTPONE, [expiresAt, kind, id], 'run');
}
