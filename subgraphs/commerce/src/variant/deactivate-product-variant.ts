import type { CommerceWork } from '../context.ts';
import { keepLowestPrice } from './keep-lowest-price.ts';
import type { ProductVariant } from './product-variant.entity.ts';
import type { ProductVariantVersionInput } from './product-variant.inputs.ts';
import { takeOwnVariant } from './take-variant.ts';

/** Takes a variant off sale; it stays, because orders name it. @throws `CONFLICT` for the last one of what is for sale */
export async function deactivateProductVariant(
  work: CommerceWork,
  input: ProductVariantVersionInput,
): Promise<ProductVariant> {
  return work.transaction(async () => {
    const { variant, product } = await takeOwnVariant(work, input);
    variant.deactivate(work.now());
    await keepLowestPrice(work, product);
    return variant;
  });
}
