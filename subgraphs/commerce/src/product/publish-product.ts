import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { announceProduct } from './announce-product.ts';
import type { Product } from './product.entity.ts';
import type { ProductVersionInput } from './product.inputs.ts';
import { takeOwnProduct } from './take-product.ts';

/** Puts a draft up for sale. @throws `CONFLICT` when there is no variant to buy, `VERSION_CONFLICT` */
export async function publishProduct(work: CommerceWork, { id, version }: ProductVersionInput): Promise<Product> {
  return work.transaction(async () => {
    const product = await takeOwnProduct(work, id, version);
    product.publish(work.now());
    if ((await work.em.count(ProductVariant, { productId: product.id, active: true })) === 0) {
      throw conflict('A product needs a variant that can be bought before it is for sale.');
    }
    await work.em.flush();
    announceProduct(work, 'product.published', product);
    return work.em.refreshOrFail(product);
  });
}
