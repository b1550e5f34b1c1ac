import { LockMode } from '@mikro-orm/postgresql';
import { checkVersion, notFound, parseId, permit, type Session } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { Review } from './review.entity.ts';
import { mayReplyToReview } from './review.policy.ts';

// What a review refers to is locked before it, in everybody's order, and no more than needed: an order that is being
// written refers to both as well, and must not wait for somebody who gives stars.
const HOLD_SHOP = 'select from shop where id = ? for key share';
const HOLD_PRODUCT = 'select from product where id = ? for no key update';

/** A product that nobody else rates until the transaction ends. As the system. */
export async function holdProduct(work: CommerceWork, id: string): Promise<Product> {
  const product = await work.em.findOne(Product, { id: parseId('Product', id) });
  if (!product) throw notFound('Product');
  await work.em.execute(HOLD_SHOP, [product.shopId]);
  await work.em.execute(HOLD_PRODUCT, [product.id]);
  return work.em.refreshOrFail(product);
}

/** A review, locked until the transaction ends. As the system: whether the caller may see it has to be checked after. */
export async function takeReview(work: CommerceWork, id: string): Promise<Review> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const review = await work.em.findOne(Review, { id: parseId('Review', id) }, lock);
  if (!review) throw notFound('Review');
  return review;
}

/** Likewise, with its product held: for what changes how the product is rated. */
export async function takeReviewToRate(work: CommerceWork, id: string): Promise<Review> {
  const review = await work.em.findOne(Review, { id: parseId('Review', id) });
  if (!review) throw notFound('Review');
  await holdProduct(work, review.productId);
  return takeReview(work, review.id);
}

/** Likewise, for a shop that says something to it. Another shop's is `NOT_FOUND`, and so is a hidden one. */
export async function takeReviewToAnswer(
  work: CommerceWork,
  session: Session,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Review> {
  permit(session, mayWriteCommerce(session));
  const review = await takeReview(work, id);
  if (review.hidden || !mayReplyToReview(session, review)) throw notFound('Review');
  checkVersion('Review', review, version);
  return review;
}
