import { createPageLoader, loadMany, loadOne, Money, type Page } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { asStaff } from '../shop/shop.loaders.ts';
import { mayDecideAboutShops, READ_COMMERCE } from '../shop/shop.policy.ts';
import { ProductImage } from './product-image.entity.ts';
import { Product } from './product.entity.ts';
import type { ShopProductArguments } from './product.inputs.ts';
import { maySeeProduct } from './product.policy.ts';
import type { PriceRange } from './product.types.ts';

const PRICES = `
select product_id, currency, min(price) as lowest, max(price) as highest from product_variant
where product_id = any(?::uuid[]) and active group by product_id, currency`;

/** Products the caller may see; for the others, what exists and what does not look the same. */
export function createProductLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Product);
  const images = loadMany(em, ProductImage, { by: 'productId', orderBy: { position: 'asc' } });
  // Of other organizations the rows' own policy shows nobody but staff more than what is listed.
  const seesDrafts = session.can(READ_COMMERCE) || mayDecideAboutShops(session);
  const pages = createPageLoader<Product, ShopProductArguments>(em, Product, {
    partitionBy: 'shopId',
    list: ({ filter }) => ({
      where: { ...(filter?.status && { status: filter.status }), ...(!seesDrafts && { listed: true }) },
      orderBy: { createdAt: 'desc' },
    }),
  });
  return {
    productById: new DataLoader<string, Product | null>(async (ids) => {
      const products = await asStaff(session, () => visible.loadMany([...ids]));
      return products.map((one) => (one instanceof Product && maySeeProduct(session, one) ? one : null));
    }),
    productsOfShop: {
      async load(shopId: string, args: ShopProductArguments): Promise<Page<Product>> {
        const page = await asStaff(session, () => pages.load(shopId, args));
        return { ...page, count: () => asStaff(session, page.count) };
      },
    },
    /** For whoever may see the product: that has to be checked before. */
    imagesOfProduct: new DataLoader<string, ProductImage[]>((ids) =>
      asStaff(session, () => images.loadMany([...ids]) as Promise<ProductImage[][]>),
    ),
    /** Likewise. Null where nothing can be bought. */
    priceRangeOfProduct: new DataLoader<string, PriceRange | null>(async (ids) => {
      const rows = await asStaff(session, () =>
        em.execute<{ product_id: string; currency: string; lowest: string; highest: string }[]>(PRICES, [
          `{${ids.join(',')}}`,
        ]),
      );
      const ranges = new Map(
        rows.map(({ product_id, currency, lowest, highest }) => [
          product_id,
          { lowest: new Money(Number(lowest), currency), highest: new Money(Number(highest), currency) },
        ]),
      );
      return ids.map((id) => ranges.get(id) ?? null);
    }),
  };
}
