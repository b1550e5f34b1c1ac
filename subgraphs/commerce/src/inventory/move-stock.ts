import type { CommerceWork } from '../context.ts';
import { announceStock, CHANGE, type LevelChange } from './announce-stock.ts';
import type { StockMovementReason } from './stock-movement.entity.ts';

/** Stock of one variant that comes or goes. */
export interface StockMove {
  readonly variantId: string;
  /** Negative for what goes. */
  readonly quantity: number;
  readonly reason: StockMovementReason;
  readonly note?: string | null | undefined;
  /** Moves a variant once, however often it is said. */
  readonly cause?: string;
  /** What of it was held for a buyer, and is not any more. */
  readonly held?: number;
}

/** The levels, the movements that lead to them, and what came of it, in one statement for any number of variants. */
const MOVE = `
with asked as (
  select * from jsonb_to_recordset(?::jsonb) as asked (
    id uuid, "variantId" uuid, quantity integer, reason text, note text, cause text, held integer, "actorId" uuid
  )
), fresh as (
  select * from asked where not exists (
    select from stock_movement m where m.variant_id = asked."variantId" and m.cause = asked.cause)
), moved as (
  update stock_level l set on_hand = l.on_hand + fresh.quantity, reserved = l.reserved - coalesce(fresh.held, 0),
    last_sequence = coalesce(l.last_sequence, 0) + 1, version = l.version + 1, updated_at = ?
  from fresh where l.variant_id = fresh."variantId"
  returning ${CHANGE}, new.last_sequence, old.on_hand as on_hand_before
), written as (
  insert into stock_movement (id, variant_id, shop_id, organization_id, sequence, quantity, on_hand_before,
    on_hand_after, reason, note, actor_id, cause, created_at)
  select fresh.id, moved.variant_id, moved.shop_id, moved.organization_id, moved.last_sequence, fresh.quantity,
    moved.on_hand_before, moved.on_hand, fresh.reason, fresh.note, fresh."actorId", fresh.cause, ?
  from moved join fresh on fresh."variantId" = moved.variant_id
)
select * from moved`;

/** Writes what came and went, at most one move for each variant, and announces it. Their levels have to be locked before. */
export async function moveStock(work: CommerceWork, moves: readonly StockMove[], actorId?: string): Promise<void> {
  const asked = moves.map((move) => ({ ...move, id: work.newId(), actorId }));
  const changes = await work.em.execute<LevelChange[]>(MOVE, [JSON.stringify(asked), work.now(), work.now()]);
  await announceStock(work, changes);
}
