import { ConnectionArguments, type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { User } from '../references/user.reference.ts';
import { Shop } from '../shop/shop.entity.ts';
import { maySeeShopInside } from '../shop/shop.policy.ts';
import { ReviewConnection } from './review.connection.ts';
import { Review } from './review.entity.ts';
import { ReviewArguments, ShopReviewArguments } from './review.inputs.ts';
import { mayModerateReviews } from './review.policy.ts';
import { StarCount } from './review.types.ts';

@Resolver(() => Product)
export class ProductReviewsResolver {
  @FieldResolver(() => ReviewConnection, {
    nullable: true,
    description: 'What those who bought it say of it. Staff can ask for what is hidden; for anybody else `FORBIDDEN`.',
  })
  @PagedList()
  async reviews(
    @Root() { id }: Product,
    @Args(() => ReviewArguments) args: ReviewArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Review>> {
    if (args.filter?.hidden) permit(session, mayModerateReviews(session));
    return loaders.reviewsOfProduct.load(id, args);
  }

  @FieldResolver(() => Review, {
    nullable: true,
    description: 'What the caller said of it, hidden or not; null while they said nothing.',
  })
  ownReview(@Root() { id }: Product, @Ctx() { loaders }: CommerceContext): Promise<Review | null> {
    return loaders.ownReviewOfProduct.load(id);
  }

  @FieldResolver(() => [StarCount], { description: 'How many gave it 5, 4, 3, 2 and 1 stars, in this order.' })
  @Directive('@listSize(assumedSize: 5)')
  starCounts(@Root() { ratingStars }: Product): StarCount[] {
    return [5, 4, 3, 2, 1].map((stars) => ({ stars, count: ratingStars[stars - 1] ?? 0 }));
  }
}

@Resolver(() => Shop)
export class ShopReviewsResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: 'What its products are rated, from 1 to 5, on average over all ratings; null before the first.',
  })
  async rating(@Root() { id }: Shop, @Ctx() { loaders }: CommerceContext): Promise<number | null> {
    return (await loaders.ratingOfShop.load(id)).average;
  }

  @FieldResolver(() => Int, { description: 'How many ratings its products have.' })
  async ratingCount(@Root() { id }: Shop, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.ratingOfShop.load(id)).count;
  }

  @FieldResolver(() => ReviewConnection, {
    nullable: true,
    description:
      'What is said of what it sells, the latest first, but for what is hidden. For its own people with `commerce:read` ' +
      'and staff.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"], ["commerce:shops.decide"]])')
  async reviews(
    @Root() shop: Shop,
    @Args(() => ShopReviewArguments) args: ShopReviewArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Review>> {
    permit(session, maySeeShopInside(session, shop));
    return loaders.reviewsOfShop.load(shop.id, args);
  }
}

@Resolver(() => User)
export class UserReviewsResolver {
  @FieldResolver(() => ReviewConnection, {
    nullable: true,
    description:
      'What this user said of what they bought, the latest first. Only for the user; for anybody else null, with ' +
      '`FORBIDDEN`.',
  })
  @PagedList()
  @Directive('@policy(policies: [["person"]])')
  async reviews(
    @Root() { id }: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Review>> {
    permit(session, session.is(id));
    return loaders.reviewsOfUser.load(id, args);
  }
}
