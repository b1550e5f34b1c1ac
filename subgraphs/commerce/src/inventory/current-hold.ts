import type { CommerceWork } from '../context.ts';
import type { StockOwner } from './lock-stock.ts';
import type { StockLine } from './stock-lines.ts';
import { StockReservationState } from './stock-reservation.entity.ts';

/** One line of what an owner reserved last. */
export interface HeldLine extends StockLine {
  readonly id: string;
  readonly hold: number;
  readonly state: StockReservationState;
}

const CURRENT = `
select id, hold, variant_id as "variantId", quantity, state from stock_reservation
where owner_kind = ? and owner_id = ? and hold = (
  select max(hold) from stock_reservation where owner_kind = ? and owner_id = ?)
order by variant_id`;

/** What an owner reserved last, whatever became of it; in the order of the variants. */
export function currentHold(work: CommerceWork, { kind, id }: StockOwner): Promise<HeldLine[]> {
  return work.em.execute<HeldLine[]>(CURRENT, [kind, id, kind, id]);
}

export const isHeld = ({ state }: HeldLine) => state === StockReservationState.HELD;

export const isCommitted = ({ state }: HeldLine) => state === StockReservationState.COMMITTED;

export const lineOf = ({ variantId, quantity }: StockLine): StockLine => ({ variantId, quantity });
