import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { announceProduct } from '../product/announce-product.ts';
import { ProductStatus } from '../product/product-status.ts';
import type { Product } from '../product/product.entity.ts';
import { ProductVariant } from './product-variant.entity.ts';

/** Not through the ORM, which would count the version up. */
const KEEP = `update product set lowest_price = ?, updated_at = ? where id = ?`;

/**
 * Has a product know what its cheapest variant costs, after its variants have changed. The product has to be locked. Does
 * not count its version up: nobody who edits the product meant this.
 */
export async function keepLowestPrice(work: CommerceWork, product: Product): Promise<void> {
  await work.em.flush();
  const active = { productId: product.id, active: true };
  const [cheapest] = await work.em.find(ProductVariant, active, { orderBy: { price: 'asc' }, limit: 1 });
  if (!cheapest && product.status === ProductStatus.ACTIVE) {
    throw conflict('This is all of the product that can be bought. Archive the product instead.');
  }
  await work.em.execute(KEEP, [cheapest?.price ?? null, work.now(), product.id]);
  await work.em.refresh(product);
  announceProduct(work, 'product.updated', product);
}
