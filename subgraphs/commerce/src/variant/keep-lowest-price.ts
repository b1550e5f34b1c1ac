import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { announceProduct } from '../product/announce-product.ts';
import { ProductStatus } from '../product/product-status.ts';
import { Product } from '../product/product.entity.ts';

/** Not through the ORM, which would count the versions up. */
const KEEP = `
update product set updated_at = ?, lowest_price = (
  select min(price) from product_variant where product_variant.product_id = product.id and product_variant.active
)
where id = any(?::uuid[])`;

const NOTHING_TO_BUY = `
select from product where id = any(?::uuid[]) and status = '${ProductStatus.ACTIVE}'
  and not exists (select from product_variant where product_variant.product_id = product.id and product_variant.active)`;

/**
 * Has products know what their cheapest variants cost, after their variants have changed. The products have to be locked. Does
 * not count their versions up: nobody who edits a product meant this.
 */
export async function keepLowestPrices(work: CommerceWork, productIds: readonly string[]): Promise<void> {
  await work.em.flush();
  const ids = `{${productIds.join()}}`;
  if ((await work.em.execute<object[]>(NOTHING_TO_BUY, [ids])).length > 0) {
    throw conflict('This is all of the product that can be bought. Archive the product instead.');
  }
  await work.em.execute(KEEP, [work.now(), ids]);
  const products = await work.em.find(Product, { id: { $in: [...productIds] } }, { refresh: true });
  for (const product of products) announceProduct(work, 'product.updated', product);
}

/** Likewise one. */
export function keepLowestPrice(work: CommerceWork, product: Product): Promise<void> {
  return keepLowestPrices(work, [product.id]);
}
