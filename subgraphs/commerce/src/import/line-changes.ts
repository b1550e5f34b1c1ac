import { ProductStatus } from '../product/product-status.ts';
import type { Product } from '../product/product.entity.ts';
import type { ProductVariant } from '../variant/product-variant.entity.ts';
import type { WantedLine } from './read-line.ts';

/** What a line changes of the product that its SKU belongs to; empty where all is as it says. */
export function productChanges(product: Product, { product: wanted, cells }: WantedLine) {
  const { title, description, brand, categoryId } = wanted;
  return {
    ...(title !== product.title && { title }),
    ...('description' in cells && description !== product.description && { description }),
    ...('brand' in cells && (brand ?? null) !== (product.brand ?? null) && { brand }),
    ...('category' in cells && (categoryId ?? null) !== (product.categoryId ?? null) && { categoryId }),
  };
}

export function publishes(product: Product, { status }: WantedLine): boolean {
  return status === ProductStatus.ACTIVE && product.status === ProductStatus.DRAFT;
}

/** What a line makes of a variant, in minor units. */
export function variantAfter(known: ProductVariant, { variant, compareAtPrice }: WantedLine) {
  return {
    title: variant.title || known.title,
    price: variant.price.amount,
    compareAtPrice: compareAtPrice === undefined ? (known.compareAtPrice ?? null) : compareAtPrice,
  };
}

export function changesVariant(known: ProductVariant, wanted: WantedLine): boolean {
  const { title, price, compareAtPrice } = variantAfter(known, wanted);
  return title !== known.title || price !== known.price || compareAtPrice !== (known.compareAtPrice ?? null);
}
