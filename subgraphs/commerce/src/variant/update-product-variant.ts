import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { attributesOf } from '../product/attributes-of.ts';
import { keepLowestPrice } from './keep-lowest-price.ts';
import { ProductVariant } from './product-variant.entity.ts';
import type { UpdateProductVariantInput } from './product-variant.inputs.ts';
import { takeOwnVariant } from './take-variant.ts';
import { checkReduction, priceIn } from './variant.price.ts';

/** Changes a variant. @throws `VERSION_CONFLICT`, and `CONFLICT` for a SKU the shop has */
export async function updateProductVariant(
  work: CommerceWork,
  input: UpdateProductVariantInput,
): Promise<ProductVariant> {
  return work.transaction(async () => {
    const { variant, product } = await takeOwnVariant(work, input);
    product.refuseArchived();
    const { currency, shopId } = variant;
    const sku = input.sku?.trim() ?? variant.sku;
    if (sku !== variant.sku && (await work.em.count(ProductVariant, { shopId, sku })) > 0) {
      throw conflict('The shop has this SKU already.');
    }
    variant.describe(
      {
        sku,
        ...(input.title && { title: input.title.trim() }),
        ...(input.options && { options: attributesOf(input.options) }),
        ...(input.price && { price: priceIn(currency, input.price, 'price') }),
        ...(input.compareAtPrice !== undefined && {
          compareAtPrice: input.compareAtPrice && priceIn(currency, input.compareAtPrice, 'compareAtPrice'),
        }),
        ...(typeof input.position === 'number' && { position: input.position }),
      },
      work.now(),
    );
    checkReduction({ price: variant.price, compareAtPrice: variant.compareAtPrice ?? null });
    await keepLowestPrice(work, product);
    return variant;
  });
}
