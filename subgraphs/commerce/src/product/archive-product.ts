import type { CommerceWork } from '../context.ts';
import { announceProduct } from './announce-product.ts';
import type { Product } from './product.entity.ts';
import type { ProductVersionInput } from './product.inputs.ts';
import { takeOwnProduct } from './take-product.ts';

/** Takes a product off sale. What was ordered before is still delivered. @throws `VERSION_CONFLICT` */
export async function archiveProduct(work: CommerceWork, { id, version }: ProductVersionInput): Promise<Product> {
  return work.transaction(async () => {
    const product = await takeOwnProduct(work, id, version);
    product.archive(work.now());
    await work.em.flush();
    announceProduct(work, 'product.archived', product);
    return work.em.refreshOrFail(product);
  });
}
