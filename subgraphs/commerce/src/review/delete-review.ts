import { conflict, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { keepRating } from './keep-rating.ts';
import type { Review } from './review.entity.ts';
import type { ReviewInput } from './review.inputs.ts';
import { isAuthor } from './review.policy.ts';
import { takeReviewToRate } from './take-review.ts';

/**
 * Takes a review back, with the shop's reply. A hidden one stays, or its author would write it anew and everybody would see
 * it again; what it says can be taken out of it.
 *
 * @throws `CONFLICT` for a hidden one
 */
export async function deleteReview(work: CommerceWork, { id }: ReviewInput): Promise<Review> {
  const { session } = work;
  session.requirePerson();
  return asSystem(work, async () => {
    const review = await takeReviewToRate(work, id);
    if (!isAuthor(session, review)) throw notFound('Review');
    if (review.hidden) throw conflict('Staff has hidden this review. Change it instead.');
    await keepRating(work, review.productId, { from: review.rating });
    work.em.remove(review);
    return review;
  });
}
