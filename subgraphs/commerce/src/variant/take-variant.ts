import { LockMode } from '@mikro-orm/postgresql';
import { checkVersion, notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { Product } from '../product/product.entity.ts';
import { takeOwnProduct } from '../product/take-product.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { ProductVariant } from './product-variant.entity.ts';

/** A variant with its product, both locked until the transaction ends, for those who may change them. */
export interface TakenVariant {
  readonly variant: ProductVariant;
  readonly product: Product;
}

/** @throws `NOT_FOUND` when the caller may not change it, `VERSION_CONFLICT` when the version is not the latest */
export async function takeOwnVariant(
  work: CommerceWork,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<TakenVariant> {
  permit(work.session, mayWriteCommerce(work.session));
  const found = await work.em.findOne(ProductVariant, { id: parseId('ProductVariant', id) });
  if (!found || (!work.session.isSystem && found.organizationId !== work.session.organizationId))
    throw notFound('ProductVariant');
  const product = await takeOwnProduct(work, found.productId);
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const variant = await work.em.findOneOrFail(ProductVariant, { id: found.id }, lock);
  checkVersion('ProductVariant', variant, version);
  return { variant, product };
}
