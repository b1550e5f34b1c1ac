import { forbidden, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Product } from '../product/product.entity.ts';
import { maySeeProduct } from '../product/product.policy.ts';
import type { Review } from './review.entity.ts';
import type { ReviewInput } from './review.inputs.ts';
import { isAuthor, maySeeReview } from './review.policy.ts';
import { takeReview } from './take-review.ts';

const VOTE =
  'insert into review_vote (review_id, user_id, created_at) values (?, ?, ?) on conflict do nothing returning 1';
const WITHDRAW = 'delete from review_vote where review_id = ? and user_id = ? returning 1';
/** Not through the ORM, which would count the version up. */
const COUNT = 'update review set helpful_count = helpful_count + ? where id = ?';

/** Somebody found a review helpful. Saying so again changes nothing. @throws `FORBIDDEN` for one's own */
export function voteForReview(work: CommerceWork, { id }: ReviewInput): Promise<Review> {
  return change(work, id, 1, (userId) => work.em.execute(VOTE, [id.toLowerCase(), userId, work.now()]));
}

/** Takes that back. Where there is nothing to take back, nothing changes. */
export function withdrawReviewVote(work: CommerceWork, { id }: ReviewInput): Promise<Review> {
  return change(work, id, -1, (userId) => work.em.execute(WITHDRAW, [id.toLowerCase(), userId]));
}

async function change(
  work: CommerceWork,
  id: string,
  by: 1 | -1,
  write: (userId: string) => Promise<readonly unknown[]>,
): Promise<Review> {
  const { session } = work;
  const userId = session.requirePerson();
  return asSystem(work, async () => {
    const review = await takeReview(work, id);
    const product = await work.em.findOneOrFail(Product, { id: review.productId });
    if (!maySeeReview(session, review, maySeeProduct(session, product))) throw notFound('Review');
    if (isAuthor(session, review)) throw forbidden('Whether your own review is helpful is for others to say.');
    const written = await write(userId);
    if (written.length > 0) await work.em.execute(COUNT, [by, review.id], 'run');
    return work.em.refreshOrFail(review);
  });
}
