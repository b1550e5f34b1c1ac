import { permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { keepRating } from './keep-rating.ts';
import type { Review } from './review.entity.ts';
import type { ReviewInput } from './review.inputs.ts';
import { mayModerateReviews } from './review.policy.ts';
import { takeReviewToRate } from './take-review.ts';

/** Has everybody see a review again that was hidden. */
export async function showReview(work: CommerceWork, { id }: ReviewInput): Promise<Review> {
  const { session } = work;
  permit(session, mayModerateReviews(session));
  return asSystem(work, async () => {
    const review = await takeReviewToRate(work, id);
    review.show();
    await keepRating(work, review.productId, { to: review.rating });
    return review;
  });
}
