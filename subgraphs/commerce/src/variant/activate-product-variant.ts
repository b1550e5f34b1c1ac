import type { CommerceWork } from '../context.ts';
import { keepLowestPrice } from './keep-lowest-price.ts';
import type { ProductVariant } from './product-variant.entity.ts';
import type { ProductVariantVersionInput } from './product-variant.inputs.ts';
import { takeOwnVariant } from './take-variant.ts';

/** Has a variant be for sale again. @throws `VERSION_CONFLICT` */
export async function activateProductVariant(
  work: CommerceWork,
  input: ProductVariantVersionInput,
): Promise<ProductVariant> {
  return work.transaction(async () => {
    const { variant, product } = await takeOwnVariant(work, input);
    product.refuseArchived();
    variant.activate(work.now());
    await keepLowestPrice(work, product);
    return variant;
  });
}
