import { LockMode } from '@mikro-orm/postgresql';
import { checkVersion, notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { mayChangeShop, mayWriteCommerce } from '../shop/shop.policy.ts';
import { Product } from './product.entity.ts';
import { maySeeProduct } from './product.policy.ts';

/**
 * A product, locked until the transaction ends, for those who may change it. Another organization's is `NOT_FOUND`,
 * also one that is for sale: the database locks rows only for those who may write them.
 *
 * @throws `VERSION_CONFLICT` when a version is given that is not the latest
 */
export async function takeOwnProduct(work: CommerceWork, id: string, version?: number): Promise<Product> {
  permit(work.session, mayWriteCommerce(work.session));
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const product = await work.em.findOne(Product, { id: parseId('Product', id) }, lock);
  if (!product || !maySeeProduct(work.session, product)) throw notFound('Product');
  permit(work.session, mayChangeShop(work.session, product));
  if (version !== undefined) checkVersion('Product', product, version);
  return product;
}

/**
 * Likewise, with its shop held as it is: what refers to the shop has to lock it before the product, as everybody does.
 */
export async function takeOwnProductInShop(work: CommerceWork, id: string): Promise<Product> {
  permit(work.session, mayWriteCommerce(work.session));
  const product = await work.em.findOne(Product, { id: parseId('Product', id) });
  if (!product) throw notFound('Product');
  await work.em.findOne(Shop, { id: product.shopId }, { lockMode: LockMode.PESSIMISTIC_READ });
  return takeOwnProduct(work, id);
}
