import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { attributesOf } from '../product/attributes-of.ts';
import { takeOwnProductInShop } from '../product/take-product.ts';
import { keepLowestPrice } from './keep-lowest-price.ts';
import { ProductVariant } from './product-variant.entity.ts';
import type { CreateProductVariantInput } from './product-variant.inputs.ts';
import { checkReduction, priceIn } from './variant.price.ts';

/** Of one product. */
export const MAX_VARIANTS = 100;

/** As long as a title may be. */
const MAX_TITLE = 200;

/** Adds a variant to a product. @throws `CONFLICT` for a SKU the shop has, and when there are as many as can be */
export async function createProductVariant(
  work: CommerceWork,
  input: CreateProductVariantInput,
): Promise<ProductVariant> {
  return work.transaction(async () => {
    const product = await takeOwnProductInShop(work, input.productId);
    product.refuseArchived();
    const { id: productId, shopId, organizationId, currency } = product;
    const price = priceIn(currency, input.price, 'price');
    const compareAtPrice = input.compareAtPrice ? priceIn(currency, input.compareAtPrice, 'compareAtPrice') : null;
    checkReduction({ price, compareAtPrice });
    const sku = input.sku.trim();
    if ((await work.em.count(ProductVariant, { shopId, sku })) > 0) throw conflict('The shop has this SKU already.');
    if ((await work.em.count(ProductVariant, { productId })) >= MAX_VARIANTS) {
      throw conflict(`A product has at most ${MAX_VARIANTS} variants.`);
    }
    const options = attributesOf(input.options ?? []);
    const title = input.title?.trim() || Object.values(options).join(' / ').slice(0, MAX_TITLE) || product.title;
    const variant = work.em.create(ProductVariant, {
      id: work.newId(),
      ...{ productId, shopId, organizationId, currency, sku, title, options, price, compareAtPrice },
      active: true,
      position: input.position,
      createdAt: work.now(),
      updatedAt: work.now(),
    });
    await keepLowestPrice(work, product);
    return variant;
  });
}
