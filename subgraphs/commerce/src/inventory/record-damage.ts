import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { changeStock } from './change-stock.ts';
import { lockLevel } from './lock-stock.ts';
import { moveStock } from './move-stock.ts';
import type { StockLevel } from './stock-level.entity.ts';
import { StockMovementReason } from './stock-movement.entity.ts';
import type { RecordDamageInput } from './stock.inputs.ts';

/** Takes off the shelf what cannot be sold. @throws `CONFLICT` for more than is available: what buyers hold is promised */
export function recordDamage(work: CommerceWork, input: RecordDamageInput): Promise<StockLevel> {
  const { quantity, note } = input;
  return changeStock(work, 'recordDamage', input, async ({ id: variantId }) => {
    const { available } = await lockLevel(work, variantId);
    if (quantity > available) throw conflict(`Only ${available} are available: the rest is held for buyers, or gone.`);
    const move = { variantId, quantity: -quantity, reason: StockMovementReason.DAMAGED, note };
    await moveStock(work, [move], work.session.userId);
  });
}
