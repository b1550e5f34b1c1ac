import { idempotent } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { ProductVariant } from '../variant/product-variant.entity.ts';
import { StockLevel } from './stock-level.entity.ts';
import { takeOwnVariant } from './take-own-variant.ts';

interface StockChange {
  readonly variantId: string;
  readonly idempotencyKey: string;
}

/**
 * Runs a change that a seller makes to the stock of a variant, once for each key, and reads what there is then.
 *
 * @param operation names the mutation
 * @throws `NOT_FOUND` for another organization's variant
 */
export async function changeStock(
  work: CommerceWork,
  operation: string,
  { idempotencyKey: key, ...input }: StockChange,
  change: (variant: ProductVariant) => Promise<void>,
): Promise<StockLevel> {
  return work.transaction(async () => {
    // Also for a repetition: whoever lost the right to see the stock is not told of it by an old key.
    const variant = await takeOwnVariant(work, input.variantId);
    await idempotent(work, { operation, key, input }, async () => {
      await change(variant);
      return variant.id;
    });
    return work.em.findOneOrFail(StockLevel, { variantId: variant.id });
  });
}
