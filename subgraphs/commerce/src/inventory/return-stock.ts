import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { lockLevels } from './lock-stock.ts';
import { moveStock } from './move-stock.ts';
import { checkLines, type StockLine } from './stock-lines.ts';
import { StockMovementReason } from './stock-movement.entity.ts';

export interface ReturnedStock {
  /** What sends it back, such as `return <id>`: puts a variant back once, however often it is said. */
  readonly cause: string;
  readonly lines: readonly StockLine[];
}

/** Puts what was sold back on the shelf. Runs as the system. @throws `NOT_FOUND` for a variant that never had stock */
export function returnStock(work: CommerceWork, { cause, lines }: ReturnedStock): Promise<void> {
  const returned = checkLines(lines);
  return work.transaction(async () => {
    const levels = await lockLevels(
      work,
      returned.map((line) => line.variantId),
    );
    if (levels.length < returned.length) throw notFound('StockLevel');
    await moveStock(
      work,
      returned.map((line) => ({ ...line, reason: StockMovementReason.RETURNED, cause })),
    );
  });
}
