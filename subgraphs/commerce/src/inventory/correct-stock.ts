import { checkVersion, conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { changeStock } from './change-stock.ts';
import { lockLevel } from './lock-stock.ts';
import { moveStock } from './move-stock.ts';
import type { StockLevel } from './stock-level.entity.ts';
import { StockMovementReason } from './stock-movement.entity.ts';
import type { CorrectStockInput } from './stock.inputs.ts';

/**
 * Sets what somebody counted. A count that was right moves nothing.
 *
 * @throws `VERSION_CONFLICT` when something moved since it was read
 * @throws `CONFLICT` for less than is held for buyers
 */
export function correctStock(work: CommerceWork, input: CorrectStockInput): Promise<StockLevel> {
  const { countedQuantity, version, note } = input;
  return changeStock(work, 'correctStock', input, async ({ id: variantId }) => {
    const level = await lockLevel(work, variantId);
    checkVersion('StockLevel', level, version);
    if (countedQuantity < level.reserved) throw conflict(`${level.reserved} are held for buyers.`);
    const quantity = countedQuantity - level.on_hand;
    if (quantity === 0) return;
    const move = { variantId, quantity, reason: StockMovementReason.CORRECTED, note };
    await moveStock(work, [move], work.session.userId);
  });
}
