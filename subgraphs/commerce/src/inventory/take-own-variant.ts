import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { mayChangeStock } from './stock.policy.ts';

/**
 * A variant whose stock the caller may change. Another organization's is `NOT_FOUND`, also one that everybody sees: that it
 * has stock is not theirs to know.
 */
export async function takeOwnVariant(work: CommerceWork, id: string): Promise<ProductVariant> {
  permit(work.session, mayWriteCommerce(work.session));
  const variant = await work.em.findOne(ProductVariant, { id: parseId('ProductVariant', id) });
  if (!variant || !mayChangeStock(work.session, variant)) throw notFound('ProductVariant');
  return variant;
}
