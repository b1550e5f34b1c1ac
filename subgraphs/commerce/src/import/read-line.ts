import { badUserInput, validateInput } from '@supergraph/subgraph-kit';
import type { Category } from '../category/category.entity.ts';
import { ProductStatus } from '../product/product-status.ts';
import { CreateProductInput } from '../product/product.inputs.ts';
import type { Shop } from '../shop/shop.entity.ts';
import { slugOf } from '../shop/slug.ts';
import { CreateProductVariantInput } from '../variant/product-variant.inputs.ts';
import { checkReduction } from '../variant/variant.price.ts';
import { minorUnits } from './decimal-price.ts';
import type { Column, ImportLine } from './import-columns.ts';

/** What a line wants sold. What its text has no column for stays as it is. */
export interface WantedLine {
  readonly line: number;
  readonly cells: ImportLine['cells'];
  readonly product: CreateProductInput;
  readonly variant: CreateProductVariantInput;
  /** In minor units; null for none, and undefined where the text has no such column. */
  readonly compareAtPrice: number | null | undefined;
  readonly status: ProductStatus | undefined;
}

export type CategoryBySlug = ReadonlyMap<string, Pick<Category, 'id' | 'path'>>;

/** Reads and checks a line by itself. @throws `BAD_USER_INPUT` for one that says what cannot be */
export async function readLine(
  shop: Shop,
  categories: CategoryBySlug,
  { line, cells }: ImportLine,
): Promise<WantedLine> {
  const product = await productInput(shop.id, categories, cells);
  const variant = await variantInput(line, cells, shop.currency);
  const compareAtPrice = variant.compareAtPrice?.amount ?? null;
  checkReduction({ price: variant.price.amount, compareAtPrice });
  return {
    ...{ line, cells, product, variant },
    compareAtPrice: 'compare_at_price' in cells ? compareAtPrice : undefined,
    status: statusOf(cells),
  };
}

async function productInput(
  shopId: string,
  categories: CategoryBySlug,
  cells: ImportLine['cells'],
): Promise<CreateProductInput> {
  const title = cells.title ?? '';
  const category = cells.category ? categories.get(cells.category) : undefined;
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
