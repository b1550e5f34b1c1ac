import { badUserInput, validateInput } from '@supergraph/subgraph-kit';
import { Category } from '../category/category.entity.ts';
import type { CommerceWork } from '../context.ts';
import { createProduct } from '../product/create-product.ts';
import { ProductStatus } from '../product/product-status.ts';
import { Product } from '../product/product.entity.ts';
import { CreateProductInput } from '../product/product.inputs.ts';
import { publishProduct } from '../product/publish-product.ts';
import { updateProduct } from '../product/update-product.ts';
import { slugOf } from '../shop/slug.ts';
import { createProductVariant } from '../variant/create-product-variant.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { CreateProductVariantInput } from '../variant/product-variant.inputs.ts';
import { updateProductVariant } from '../variant/update-product-variant.ts';
import { minorUnits } from './decimal-price.ts';
import type { Column, ImportLine } from './import-columns.ts';
import type { ImportProblem } from './product-import.entity.ts';
import { Shop } from '../shop/shop.entity.ts';

/** What became of a line; nothing where all was as the line says already. */
export interface ImportOutcome {
  readonly created?: boolean;
  readonly updated?: boolean;
  readonly problems?: readonly ImportProblem[];
}

/**
 * Has the shop sell what a line says. Known by its SKU: a line that was taken over before changes nothing.
 *
 * @throws DomainError for a line that cannot be taken over
 */
export async function takeOverLine(
  work: CommerceWork,
  shopId: string,
  { line, cells }: ImportLine,
): Promise<ImportOutcome> {
  const shop = await work.em.findOneOrFail(Shop, { id: shopId });
  const wanted = await productInput(work, shopId, cells);
  const variant = await variantInput(line, cells, shop.currency);
  const status = statusOf(cells);
  const known = await work.em.findOne(ProductVariant, { shopId, sku: variant.sku });
  const product = known
    ? await work.em.findOneOrFail(Product, { id: known.productId })
    : await productFor(work, wanted);
  let changed = await describe(work, product, wanted, cells);
  if (!known) await createProductVariant(work, { ...variant, productId: product.id });
  else if (differs(known, variant)) {
    await updateProductVariant(work, { ...variant, position: undefined, id: known.id, version: known.version });
    changed = true;
  }
  if (status === ProductStatus.ACTIVE && product.status === ProductStatus.DRAFT) {
    await work.em.flush();
    await publishProduct(work, product);
    changed = true;
  }
  return known ? { updated: changed } : { created: true };
}

async function productInput(
  work: CommerceWork,
  shopId: string,
  cells: ImportLine['cells'],
): Promise<CreateProductInput> {
  const title = cells.title ?? '';
  const category = cells.category ? await work.em.findOne(Category, { slug: cells.category }) : null;
  if (cells.category && !category) throw wrong('category', 'There is no such category.');
  const input = Object.assign(new CreateProductInput(), {
    ...{ shopId, title },
    slug: cells.product || slugOf(title, 90) || null,
    description: cells.description,
    brand: cells.brand || null,
    categoryId: category?.id ?? null,
  });
  await validateInput(input);
  return input;
}

async function variantInput(
  line: number,
  cells: ImportLine['cells'],
  currency: string,
): Promise<CreateProductVariantInput> {
  const price = (column: 'price' | 'compare_at_price') => {
    const amount = minorUnits(cells[column] ?? '', currency);
    if (amount === undefined) throw wrong(column, `This is no price in ${currency}.`);
    return { amount, currency };
  };
  const input = Object.assign(new CreateProductVariantInput(), {
    sku: cells.sku ?? '',
    title: cells.variant || null,
    price: price('price'),
    compareAtPrice: cells.compare_at_price ? price('compare_at_price') : null,
    position: line,
  });
  await validateInput(input);
  return input as CreateProductVariantInput;
}

/** The product a new variant belongs to, which is made where the shop has none at its address. */
async function productFor(work: CommerceWork, wanted: CreateProductInput): Promise<Product> {
  const known = wanted.slug ? await work.em.findOne(Product, { shopId: wanted.shopId, slug: wanted.slug }) : null;
  return known ?? createProduct(work, wanted);
}

/** Only the columns that the text has say anything: what is not there stays. */
async function describe(
  work: CommerceWork,
  product: Product,
  { title, description, brand, categoryId }: CreateProductInput,
  cells: ImportLine['cells'],
): Promise<boolean> {
  const changes = {
    ...(title !== product.title && { title }),
    ...('description' in cells && description !== product.description && { description }),
    ...('brand' in cells && (brand ?? null) !== (product.brand ?? null) && { brand }),
    ...('category' in cells && (categoryId ?? null) !== (product.categoryId ?? null) && { categoryId }),
  };
  if (Object.keys(changes).length === 0) return false;
  await updateProduct(work, { id: product.id, version: product.version, ...changes });
  await work.em.flush();
  return true;
}

function differs(known: ProductVariant, { title, price, compareAtPrice }: CreateProductVariantInput): boolean {
  return (
    (Boolean(title) && title !== known.title) ||
    price.amount !== known.price ||
    (compareAtPrice?.amount ?? null) !== (known.compareAtPrice ?? null)
  );
}

function statusOf({ status }: ImportLine['cells']): ProductStatus | undefined {
  if (!status) return undefined;
  const wanted = status.toUpperCase();
  if (wanted === ProductStatus.DRAFT || wanted === ProductStatus.ACTIVE || wanted === ProductStatus.ARCHIVED)
    return wanted;
  throw wrong('status', 'A status is DRAFT or ACTIVE.');
}

function wrong(column: Column, message: string) {
  return badUserInput([{ path: column, message: `${column}: ${message}` }]);
}
