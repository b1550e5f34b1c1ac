import type { CommerceWork } from '../context.ts';
import { createProduct } from '../product/create-product.ts';
import { Product } from '../product/product.entity.ts';
import { publishProduct } from '../product/publish-product.ts';
import { updateProduct } from '../product/update-product.ts';
import { createProductVariant } from '../variant/create-product-variant.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { updateProductVariant } from '../variant/update-product-variant.ts';
import { changesVariant, productChanges, publishes } from './line-changes.ts';
import type { WantedLine } from './read-line.ts';

/** What became of a line; neither where all was as the line says already. */
export interface ImportOutcome {
  readonly created?: boolean;
  readonly updated?: boolean;
}

/**
 * Has the shop sell what a line says, as its people would do it by hand. Known by its SKU: a line that was taken over
 * before changes nothing.
 *
 * @throws DomainError for a line that cannot be taken over
 */
export async function takeOverLine(work: CommerceWork, wanted: WantedLine): Promise<ImportOutcome> {
  const { variant } = wanted;
  const { shopId, slug } = wanted.product;
  const known = await work.em.findOne(ProductVariant, { shopId, sku: variant.sku });
  const product = known
    ? await work.em.findOneOrFail(Product, { id: known.productId })
    : ((slug ? await work.em.findOne(Product, { shopId, slug }) : null) ?? (await createProduct(work, wanted.product)));
  let changed = await describe(work, product, wanted);
  if (!known) await createProductVariant(work, { ...variant, productId: product.id });
  else if (changesVariant(known, wanted)) {
    const compareAtPrice = wanted.compareAtPrice === undefined ? undefined : variant.compareAtPrice;
    const changes = { ...variant, compareAtPrice, position: undefined };
    await updateProductVariant(work, { ...changes, id: known.id, version: known.version });
    changed = true;
  }
  if (publishes(product, wanted)) {
    await work.em.flush();
    await publishProduct(work, product);
    changed = true;
  }
  return known ? { updated: changed } : { created: true };
}

/** Only the columns that the text has say anything: what is not there stays. */
async function describe(work: CommerceWork, product: Product, wanted: WantedLine): Promise<boolean> {
  const changes = productChanges(product, wanted);
  if (Object.keys(changes).length === 0) return false;
  await updateProduct(work, { id: product.id, version: product.version, ...changes });
  await work.em.flush();
  return true;
}
