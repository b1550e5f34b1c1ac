import { checkVersion, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { keepRating } from './keep-rating.ts';
import type { Review } from './review.entity.ts';
import { textOf, type UpdateReviewInput } from './review.inputs.ts';
import { isAuthor } from './review.policy.ts';
import { takeReviewToRate } from './take-review.ts';

/** Changes what somebody said. A hidden one stays hidden until staff has looked at it again. */
export async function updateReview(work: CommerceWork, { id, version, ...input }: UpdateReviewInput): Promise<Review> {
  const { session } = work;
  session.requirePerson();
  return asSystem(work, async () => {
    const review = await takeReviewToRate(work, id);
    if (!isAuthor(session, review)) throw notFound('Review');
    checkVersion('Review', review, version);
    const before = review.rating;
    review.revise({ ...textOf(input), ...(input.rating && { rating: input.rating }) }, work.now());
    if (!review.hidden) await keepRating(work, review.productId, { from: before, to: review.rating });
    return review;
  });
}
