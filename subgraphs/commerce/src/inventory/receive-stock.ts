import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { changeStock } from './change-stock.ts';
import { moveStock } from './move-stock.ts';
import { openLevel } from './open-level.ts';
import type { StockLevel } from './stock-level.entity.ts';
import { StockMovementReason } from './stock-movement.entity.ts';
import { MAX_ON_HAND, type ReceiveStockInput } from './stock.inputs.ts';

/** Puts on the shelf what the shop got. @throws `CONFLICT` when it would be more than can be counted */
export function receiveStock(work: CommerceWork, input: ReceiveStockInput): Promise<StockLevel> {
  const { quantity, note } = input;
  return changeStock(work, 'receiveStock', input, async (variant) => {
    const level = await openLevel(work, variant);
    if (level.on_hand + quantity > MAX_ON_HAND) throw conflict(`No more than ${MAX_ON_HAND} can be on hand.`);
    const move = { variantId: variant.id, quantity, reason: StockMovementReason.RECEIVED, note };
    await moveStock(work, [move], work.session.userId);
  });
}
