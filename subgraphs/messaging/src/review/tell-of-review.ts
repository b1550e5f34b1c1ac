import type { Heard } from '../commerce.events.ts';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { SubjectType } from '../notification/notification.subject.ts';
import { tellShops } from '../shop/tell-shops.ts';

/** Tells a shop's people what a buyer thinks of a product. */
export async function tellOfReview(work: MessagingWork, event: Heard<'review.added'>): Promise<void> {
  const { reviewId, productId, productTitle, shopId, organizationId, rating } = event.data;
  await tellShops(work, event, [
    {
      part: reviewId,
      organizationId,
      type: NotificationType.REVIEW_ADDED,
      variables: { productName: productTitle, rating },
      link: `/shops/${shopId}/products/${productId}/reviews`,
      subject: { type: SubjectType.PRODUCT, id: productId },
      data: { shopId, productId, reviewId },
    },
  ]);
}
