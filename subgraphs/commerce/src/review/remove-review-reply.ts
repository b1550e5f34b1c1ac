import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { Review } from './review.entity.ts';
import type { ReviewVersionInput } from './review.inputs.ts';
import { takeReviewToAnswer } from './take-review.ts';

/** The shop takes back what it said to a review. Where it said nothing, nothing happens. */
export async function removeReviewReply(work: CommerceWork, input: ReviewVersionInput): Promise<Review> {
  const { session } = work;
  return asSystem(work, async () => {
    const review = await takeReviewToAnswer(work, session, input);
    review.takeAnswerBack();
    return review;
  });
}
