import { permit } from '@supergraph/subgraph-kit';
import { holdCategory } from '../category/category.lock.ts';
import type { CommerceWork } from '../context.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { announceProduct } from './announce-product.ts';
import { attributesOf } from './attributes-of.ts';
import type { Product } from './product.entity.ts';
import type { UpdateProductInput } from './product.inputs.ts';
import { replaceImages } from './replace-images.ts';
import { takeOwnProduct } from './take-product.ts';

/** Changes what a product says of itself; its address stays. @throws `VERSION_CONFLICT` */
export async function updateProduct(work: CommerceWork, input: UpdateProductInput): Promise<Product> {
  permit(work.session, mayWriteCommerce(work.session));
  return work.transaction(async () => {
    const category = input.categoryId ? await holdCategory(work, input.categoryId) : null;
    const product = await takeOwnProduct(work, input.id, input.version);
    const { title, description, brand, attributes, images } = input;
    product.describe(
      {
        ...(title && { title: title.trim() }),
        ...(typeof description === 'string' && { description }),
        ...(brand !== undefined && { brand: brand?.trim() ?? null }),
        ...(attributes && { attributes: attributesOf(attributes) }),
      },
      work.now(),
    );
    if (input.categoryId !== undefined) product.putInto(category, work.now());
    if (images) await replaceImages(work, product, images);
    announceProduct(work, 'product.updated', product);
    return product;
  });
}
