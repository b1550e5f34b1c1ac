import { loadMany, loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import type { Product } from '../product/product.entity.ts';
import { asStaff } from '../shop/shop.loaders.ts';
import { ProductVariant } from './product-variant.entity.ts';

/** @param productById of the same request: who sees a product sees its variants */
export function createVariantLoaders(
  { em, session }: CommerceReader,
  { productById }: { readonly productById: DataLoader<string, Product | null> },
) {
  const visible = loadOne(em, ProductVariant);
  const all = loadMany(em, ProductVariant, { by: 'productId', orderBy: { position: 'asc', id: 'asc' } });
  return {
    variantById: new DataLoader<string, ProductVariant | null>(async (ids) => {
      const found = await asStaff(session, () => visible.loadMany([...ids]));
      const variants = found.map((one) => (one instanceof ProductVariant ? one : null));
      const products = await Promise.all(variants.map((one) => one && productById.load(one.productId)));
      return variants.map((one, index) => (products[index] ? one : null));
    }),
    /** For whoever may see the product: that has to be checked before. */
    variantsOfProduct: new DataLoader<string, ProductVariant[]>((ids) =>
      asStaff(session, () => all.loadMany([...ids]) as Promise<ProductVariant[][]>),
    ),
  };
}
