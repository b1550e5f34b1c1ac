import { permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { keepRating } from './keep-rating.ts';
import type { Review } from './review.entity.ts';
import type { HideReviewInput } from './review.inputs.ts';
import { mayModerateReviews } from './review.policy.ts';
import { takeReviewToRate } from './take-review.ts';

/** Takes a review out of sight, and its stars with it. */
export async function hideReview(work: CommerceWork, { id, reason }: HideReviewInput): Promise<Review> {
  const { session } = work;
  permit(session, mayModerateReviews(session));
  return asSystem(work, async () => {
    const review = await takeReviewToRate(work, id);
    review.hide(reason.trim(), session.requireUser(), work.now());
    await keepRating(work, review.productId, { from: review.rating });
    return review;
  });
}
