import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { Review } from './review.entity.ts';
import type { ReplyToReviewInput } from './review.inputs.ts';
import { takeReviewToAnswer } from './take-review.ts';

/** The shop says something to a review, or something else than before; to what it has read, hence the version. */
export async function replyToReview(work: CommerceWork, input: ReplyToReviewInput): Promise<Review> {
  const { session } = work;
  return asSystem(work, async () => {
    const review = await takeReviewToAnswer(work, session, input);
    review.answer(input.reply.trim(), session.requireUser(), work.now());
    return review;
  });
}
