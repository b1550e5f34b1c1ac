import { illegalTransition } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { announceProduct } from '../product/announce-product.ts';
import { ProductStatus } from '../product/product-status.ts';
import { Product } from '../product/product.entity.ts';
import { ShopState } from '../shop/shop-state.ts';
import type { Shop } from '../shop/shop.entity.ts';
import { keepLowestPrices } from '../variant/keep-lowest-price.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { variantAfter } from './line-changes.ts';
import type { CategoryBySlug, WantedLine } from './read-line.ts';
import type { NewPrice, SortedLines } from './sort-lines.ts';

/** Not through the ORM: a hundred rows in one statement, each only as it was when it was read. */
const PRICE = `
update product_variant set title = wanted.title, price = wanted.price, compare_at_price = wanted.compare_at_price,
  version = product_variant.version + 1, updated_at = ?
from jsonb_to_recordset(?::jsonb)
  as wanted (id uuid, version integer, title text, price bigint, compare_at_price bigint)
where product_variant.id = wanted.id and product_variant.version = wanted.version
returning product_variant.id`;

const LOCK = `select id from product where id = any(?::uuid[]) order by id for update`;

/** Somebody changed what was read: whoever tries again finds it as it is now. */
export class OvertakenLines extends Error {
  override readonly name = 'OvertakenLines';
}

/**
 * Does what many lines ask for in a few statements, with the shop locked. The outcome is that of `takeOverLine` on each of
 * them in turn. @throws OvertakenLines
 */
export async function takeOverLines(
  work: CommerceWork,
  shop: Shop,
  categories: CategoryBySlug,
  { newGoods, newPrices }: SortedLines,
): Promise<{ created: number; updated: number }> {
  if (newPrices.length > 0) await changePrices(work, newPrices);
  if (newGoods.size > 0 && shop.state === ShopState.CLOSED) throw illegalTransition('Shop', shop.state, shop.state);
  const made = [...newGoods.values()].map((lines) => ({
    lines,
    product: createProduct(work, shop, categories, lines),
  }));
  // First what the variants belong to: the ORM knows no order among them.
  await work.em.flush();
  for (const { lines, product } of made) {
    for (const line of lines) createVariant(work, product, line);
    announceProduct(work, 'product.created', product);
    if (product.status === ProductStatus.ACTIVE) announceProduct(work, 'product.published', product);
  }
  await work.em.flush();
  return { created: made.reduce((sum, { lines }) => sum + lines.length, 0), updated: newPrices.length };
}

function createProduct(
  work: CommerceWork,
  shop: Shop,
  categories: CategoryBySlug,
  lines: readonly WantedLine[],
): Product {
  const { product: wanted, cells } = lines[0]!;
  const category = cells.category ? categories.get(cells.category) : undefined;
  const now = work.now();
  const product = work.em.create(Product, {
    id: work.newId(),
    shopId: shop.id,
    organizationId: shop.organizationId,
    categoryId: category?.id ?? null,
    categoryPath: [...(category?.path ?? [])],
    title: wanted.title.trim(),
    slug: wanted.slug!,
    description: wanted.description ?? '',
    brand: wanted.brand?.trim() ?? null,
    attributes: {},
    status: ProductStatus.DRAFT,
    shopOpen: shop.isOpen,
    currency: shop.currency,
    lowestPrice: Math.min(...lines.map(({ variant }) => variant.price.amount)),
    createdAt: now,
    updatedAt: now,
  });
  if (lines.some(({ status }) => status === ProductStatus.ACTIVE)) product.publish(now);
  return product;
}

function createVariant(work: CommerceWork, product: Product, { variant }: WantedLine): void {
  const { id: productId, shopId, organizationId, currency } = product;
  work.em.create(ProductVariant, {
    id: work.newId(),
    ...{ productId, shopId, organizationId, currency },
    sku: variant.sku.trim(),
    title: variant.title?.trim() || product.title,
    options: {},
    price: variant.price.amount,
    compareAtPrice: variant.compareAtPrice?.amount ?? null,
    active: true,
    position: variant.position,
    createdAt: work.now(),
    updatedAt: work.now(),
  });
}

async function changePrices(work: CommerceWork, changes: readonly NewPrice[]): Promise<void> {
  const productIds = [...new Set(changes.map(({ known }) => known.productId))];
  const ids = `{${productIds.join()}}`;
  await work.em.execute(LOCK, [ids]);
  const after = changes.map(({ known, wanted }) => {
    const { compareAtPrice, ...variant } = variantAfter(known, wanted);
    return { id: known.id, version: known.version, ...variant, compare_at_price: compareAtPrice };
  });
  const changed = await work.em.execute<object[]>(PRICE, [work.now(), JSON.stringify(after)]);
  if (changed.length < after.length) throw new OvertakenLines();
  await keepLowestPrices(work, productIds);
}
