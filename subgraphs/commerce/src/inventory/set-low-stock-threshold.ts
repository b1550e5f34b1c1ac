import type { CommerceWork } from '../context.ts';
import { announceStock, CHANGE, type LevelChange } from './announce-stock.ts';
import { openLevel } from './open-level.ts';
import { StockLevel } from './stock-level.entity.ts';
import type { SetLowStockThresholdInput } from './stock.inputs.ts';
import { takeOwnVariant } from './take-own-variant.ts';

const SET = `
update stock_level l set low_stock_threshold = ?, version = l.version + 1, updated_at = ?
where l.id = ? and l.low_stock_threshold <> ? returning ${CHANGE}`;

/** Says from when on stock counts as low. Whoever sets it above what is available is told at once. */
export function setLowStockThreshold(
  work: CommerceWork,
  { variantId, threshold }: SetLowStockThresholdInput,
): Promise<StockLevel> {
  return work.transaction(async () => {
    const { id } = await openLevel(work, await takeOwnVariant(work, variantId));
    const changes = await work.em.execute<LevelChange[]>(SET, [threshold, work.now(), id, threshold]);
    await announceStock(work, changes);
    return work.em.findOneOrFail(StockLevel, { id });
  });
}
