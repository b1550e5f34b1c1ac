import type { CommerceWork } from '../context.ts';
import type { Product } from './product.entity.ts';

type Name = 'product.created' | 'product.updated' | 'product.published' | 'product.archived';

/** Announces what happened to a product, with all that others keep of it. */
export function announceProduct(work: CommerceWork, name: Name, product: Product): void {
  const { id, shopId, organizationId, title, slug, status, categoryId, brand, currency, lowestPrice } = product;
  work.publish(
    name,
    {
      productId: id,
      ...{ shopId, organizationId, title, slug, status, currency },
      categoryId: categoryId ?? null,
      brand: brand ?? null,
      lowestPrice: lowestPrice ?? null,
    },
    { organizationId },
  );
}
