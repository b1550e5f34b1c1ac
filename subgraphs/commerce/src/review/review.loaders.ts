import { createPageLoader, loadMany, loadOne, type PageOrder, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import type { Product } from '../product/product.entity.ts';
import { asStaff } from '../shop/shop.loaders.ts';
import { ReviewSort } from './review-sort.ts';
import { Review } from './review.entity.ts';
import type { ReviewArguments, ShopReviewArguments } from './review.inputs.ts';
import { maySeeReview } from './review.policy.ts';

const ORDERS: Readonly<Record<ReviewSort, PageOrder<Review>>> = {
  [ReviewSort.NEWEST]: { createdAt: 'desc' },
  [ReviewSort.OLDEST]: { createdAt: 'asc' },
  [ReviewSort.HIGHEST]: { rating: 'desc', createdAt: 'desc' },
  [ReviewSort.LOWEST]: { rating: 'asc', createdAt: 'desc' },
  [ReviewSort.MOST_HELPFUL]: { helpfulCount: 'desc', createdAt: 'desc' },
};

const RATINGS = `
select shop_id, sum(rating_count)::int as count, sum(rating_sum)::float / sum(rating_count) as average
from product where shop_id = any(?::uuid[]) and rating_count > 0 group by shop_id`;

const VOTES = 'select review_id from review_vote where user_id = ? and review_id = any(?::uuid[])';

export interface ShopRating {
  readonly count: number;
  /** Null while nobody rated anything. */
  readonly average: number | null;
}

/** @param productById of the same request: who sees a product sees what is said of it */
export function createReviewLoaders(
  { em, session }: CommerceReader,
  { productById }: { readonly productById: DataLoader<string, Product | null> },
) {
  const visible = loadOne(em, Review);
  const asSystem = <Result>(read: () => Promise<Result>) => withRowScope(Session.system(), read);
  const own = loadMany(em, Review, { by: 'productId', where: { userId: session.userId ?? null } });
  const ofProduct = createPageLoader<Review, ReviewArguments>(em, Review, {
    partitionBy: 'productId',
    list: ({ filter, sort }) => ({
      where: { hiddenAt: filter?.hidden ? { $ne: null } : null, ...(filter?.stars && { rating: filter.stars }) },
      orderBy: ORDERS[sort],
    }),
  });
  const ofShop = createPageLoader<Review, ShopReviewArguments>(em, Review, {
    partitionBy: 'shopId',
    list: ({ filter }) => ({
      where: {
        hiddenAt: null,
        ...(filter?.stars && { rating: filter.stars }),
        ...(typeof filter?.unanswered === 'boolean' && { reply: filter.unanswered ? null : { $ne: null } }),
      },
      orderBy: { createdAt: 'desc' },
    }),
  });
  return {
    reviewById: new DataLoader<string, Review | null>(async (ids) => {
      const found = await asStaff(session, () => visible.loadMany([...ids]));
      const reviews = found.map((one) => (one instanceof Review ? one : null));
      const products = await Promise.all(reviews.map((one) => one && productById.load(one.productId)));
      return reviews.map((one, index) => (one && maySeeReview(session, one, Boolean(products[index])) ? one : null));
    }),
    /** For whoever may see the product; what is hidden for staff: both have to be checked before. */
    reviewsOfProduct: {
      load: (productId: string, args: ReviewArguments) => pageAsSystem(() => ofProduct.load(productId, args)),
    },
    /** For those who may see a shop inside. */
    reviewsOfShop: {
      load: (shopId: string, args: ShopReviewArguments) => pageAsSystem(() => ofShop.load(shopId, args)),
    },
    /** For the user themselves. */
    reviewsOfUser: createPageLoader(em, Review, {
      partitionBy: 'userId',
      list: () => ({ orderBy: { createdAt: 'desc' } }),
    }),
    ownReviewOfProduct: new DataLoader<string, Review | null>(async (productIds) => {
      if (!session.userId || !session.is(session.userId)) return productIds.map(() => null);
      const found = await own.loadMany([...productIds]);
      return found.map((reviews) => (reviews instanceof Error ? reviews : (reviews[0] ?? null)));
    }),
    /** Whether the caller found a review helpful. */
    isHelpfulToCaller: new DataLoader<string, boolean>(async (ids) => {
      if (!session.userId || !session.is(session.userId)) return ids.map(() => false);
      const rows = await em.execute<{ review_id: string }[]>(VOTES, [session.userId, `{${ids.join(',')}}`]);
      const voted = new Set(rows.map((row) => row.review_id));
      return ids.map((id) => voted.has(id));
    }),
    /** Over all its products, also those that are not for sale any more: who buys goes by what a shop is like. */
    ratingOfShop: new DataLoader<string, ShopRating>(async (shopIds) => {
      const rows = await asSystem(() =>
        em.execute<(ShopRating & { shop_id: string })[]>(RATINGS, [`{${shopIds.join(',')}}`]),
      );
      const ratings = new Map(rows.map((row) => [row.shop_id, row]));
      return shopIds.map((id) => ratings.get(id) ?? { count: 0, average: null });
    }),
  };
}
