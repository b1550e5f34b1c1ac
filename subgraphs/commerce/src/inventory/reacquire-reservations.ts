import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { currentHold } from './current-hold.ts';
import type { StockOwner } from './lock-stock.ts';
import { type ReserveOutcome, reserveStock } from './reserve-stock.ts';

/**
 * Takes again all that an owner reserved last, when some of it expired or was released: what is still held counts.
 * Runs as the system.
 *
 * @throws `NOT_FOUND` when it never reserved anything
 */
export function reacquireReservations(work: CommerceWork, owner: StockOwner, expiresAt: Date): Promise<ReserveOutcome> {
  return work.transaction(async () => {
    const lines = await currentHold(work, owner);
    if (lines.length === 0) throw notFound('StockReservation');
    return reserveStock(work, { owner, lines, expiresAt });
  });
}
