import type { Session } from '@supergraph/subgraph-kit';
import { mayChangeShop, mayDecideAboutShops } from '../shop/shop.policy.ts';
import type { Shop } from '../shop/shop.entity.ts';
import type { Review } from './review.entity.ts';

type Written = Pick<Review, 'userId'>;

/** A machine has written nothing. */
export function isAuthor(session: Session, { userId }: Written): boolean {
  return Boolean(userId) && session.is(userId!);
}

/** Platform staff: take out of sight what does not belong there. */
export function mayModerateReviews(session: Session): boolean {
  return mayDecideAboutShops(session);
}

/** Who wrote it, under whatever name; why it is hidden; and that it is there at all, once it is. */
export function maySeeReviewInside(session: Session, review: Written): boolean {
  return isAuthor(session, review) || mayModerateReviews(session);
}

/** @param seesProduct whether the caller sees what it is about */
export function maySeeReview(session: Session, review: Pick<Review, 'userId' | 'hidden'>, seesProduct: boolean) {
  return maySeeReviewInside(session, review) || (!review.hidden && seesProduct);
}

export function mayReplyToReview(session: Session, review: Pick<Review, 'organizationId'>): boolean {
  return mayChangeShop(session, review);
}

/** Nobody praises what they sell themselves. */
export function sellsItself(session: Session, { organizationId, ownerId }: Shop): boolean {
  return session.organizationId === organizationId || session.userId === ownerId;
}
