import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { User } from '../references/user.reference.ts';
import { Review } from './review.entity.ts';
import { maySeeReviewInside } from './review.policy.ts';

@Resolver(() => Review)
export class ReviewResolver {
  @Query(() => Review, { nullable: true, description: 'One review; null when there is none that the caller may see.' })
  review(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Review | null> {
    return loaders.reviewById.load(id);
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'What it is about; null when the caller does not see it any more.',
  })
  product(@Root() { productId }: Review, @Ctx() { loaders }: CommerceContext): Promise<Product | null> {
    return loaders.productById.load(productId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      'Who wrote it, for themselves and staff; for everybody else null, who sees `authorName`. Null when the account is ' +
      'deleted.',
  })
  @Directive('@authenticated')
  author(@Root() review: Review, @Ctx() { session }: CommerceContext): User | null {
    return review.userId && maySeeReviewInside(session, review) ? { id: review.userId } : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it is hidden, for its author and staff; null when it is not.',
  })
  @Directive('@authenticated')
  hiddenReason(@Root() review: Review, @Ctx() { session }: CommerceContext): string | null {
    return maySeeReviewInside(session, review) ? (review.hiddenReason ?? null) : null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the caller said that it is helpful.' })
  isHelpfulToCaller(@Root() { id }: Review, @Ctx() { loaders }: CommerceContext): Promise<boolean> {
    return loaders.isHelpfulToCaller.load(id);
  }
}
