import { conflict, forbidden, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { maySeeProduct } from '../product/product.policy.ts';
import { Shop } from '../shop/shop.entity.ts';
import { keepRating } from './keep-rating.ts';
import { Review } from './review.entity.ts';
import { textOf, type AddReviewInput } from './review.inputs.ts';
import { sellsItself } from './review.policy.ts';
import { holdProduct } from './take-review.ts';

const BOUGHT = `
select from order_item item join shop_order part on part.id = item.shop_order_id
where item.user_id = ? and item.product_id = ? and part.placed_at is not null and part.state <> 'CANCELLED' limit 1`;

/**
 * Somebody who bought a product says what they think of it, once. Also after it was taken off sale: they have it.
 *
 * @throws `FORBIDDEN` for whoever did not buy it or sells it, `CONFLICT` for a second review
 */
export async function addReview(work: CommerceWork, { productId, ...input }: AddReviewInput): Promise<Review> {
  const { session } = work;
  const userId = session.requirePerson();
  return asSystem(work, async () => {
    const product = await holdProduct(work, productId);
    const bought = (await work.em.execute<object[]>(BOUGHT, [userId, product.id])).length > 0;
    if (!bought && !maySeeProduct(session, product)) throw notFound('Product');
    if (!bought) throw forbidden('Only who bought it may review it.');
    const shop = await work.em.findOneOrFail(Shop, { id: product.shopId });
    if (sellsItself(session, shop)) throw forbidden('Whoever sells something may not review it.');
    // Nobody else writes one meanwhile: the product is held.
    if ((await work.em.count(Review, { productId: product.id, userId })) > 0) {
      throw conflict('You have reviewed this already. Change your review instead.');
    }
    const now = work.now();
    const review = work.em.create(Review, {
      id: work.newId(),
      productId: product.id,
      shopId: product.shopId,
      organizationId: product.organizationId,
      userId,
      rating: input.rating,
      ...textOf(input),
      createdAt: now,
      updatedAt: now,
    });
    await keepRating(work, product.id, { to: review.rating });
    const { shopId, organizationId, title: productTitle } = product;
    const told = { reviewId: review.id, productId: product.id, productTitle, shopId, organizationId, userId };
    work.publish('review.added', { ...told, rating: review.rating }, { organizationId });
    return review;
  });
}
