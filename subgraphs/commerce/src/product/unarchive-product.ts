import type { CommerceWork } from '../context.ts';
import { announceProduct } from './announce-product.ts';
import type { Product } from './product.entity.ts';
import type { ProductVersionInput } from './product.inputs.ts';
import { takeOwnProduct } from './take-product.ts';

/** Makes a draft again of what was archived. @throws `VERSION_CONFLICT` */
export async function unarchiveProduct(work: CommerceWork, { id, version }: ProductVersionInput): Promise<Product> {
  return work.transaction(async () => {
    const product = await takeOwnProduct(work, id, version);
    product.unarchive(work.now());
    announceProduct(work, 'product.updated', product);
    return product;
  });
}
