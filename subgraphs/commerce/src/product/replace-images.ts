import type { CommerceWork } from '../context.ts';
import { ProductImage } from './product-image.entity.ts';
import type { Product } from './product.entity.ts';
import type { ProductImageInput } from './product.inputs.ts';

/** Gives a product these pictures in this order, and no others. */
export async function replaceImages(
  work: CommerceWork,
  { id: productId, organizationId }: Product,
  images: readonly ProductImageInput[],
): Promise<void> {
  await work.em.nativeDelete(ProductImage, { productId });
  for (const [position, { url, alternativeText }] of images.entries()) {
    work.em.create(ProductImage, {
      id: work.newId(),
      ...{ productId, organizationId, position },
      url: new URL(url).href,
      alternativeText: alternativeText.trim(),
    });
  }
}
