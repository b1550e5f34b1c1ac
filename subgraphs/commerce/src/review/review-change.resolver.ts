import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Review } from './review.entity.ts';
import {
  AddReviewInput,
  HideReviewInput,
  ReplyToReviewInput,
  ReviewInput,
  ReviewVersionInput,
  UpdateReviewInput,
} from './review.inputs.ts';

/** What buyers, shops and staff do to reviews. */
@Resolver(() => Review)
export class ReviewChangeResolver {
  @Mutation(() => Review, {
    nullable: true,
    description:
      'Says what the caller thinks of something that they bought, once. `FORBIDDEN` for whoever did not buy it or sells ' +
      'it, `CONFLICT` for a second review of one product.',
  })
  @Directive('@policy(policies: [["person"]])')
  @RateLimited({ max: 20, per: 'hour' })
  addReview(
    @Arg('input', () => AddReviewInput, { description: 'What they think.' }) input: AddReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.addReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description: 'Changes a review of the caller’s. One that is hidden stays so.',
  })
  @Directive('@policy(policies: [["person"]])')
  @RateLimited({ max: 60, per: 'hour' })
  updateReview(
    @Arg('input', () => UpdateReviewInput, { description: 'What to change.' }) input: UpdateReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.updateReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description:
      'Takes a review of the caller’s back, with what the shop said to it, and answers with it as it was. `CONFLICT` for ' +
      'one that is hidden, which stays for staff to see.',
  })
  @Directive('@policy(policies: [["person"]])')
  deleteReview(
    @Arg('input', () => ReviewInput, { description: 'Which one.' }) input: ReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.deleteReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description:
      'Says in the shop’s name what it thinks of a review, or something else than before. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @RateLimited({ max: 300, per: 'hour' })
  replyToReview(
    @Arg('input', () => ReplyToReviewInput, { description: 'What it says, and to which review.' })
    input: ReplyToReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.replyToReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description: 'Takes back what the shop said to a review. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  removeReviewReply(
    @Arg('input', () => ReviewVersionInput, { description: 'Which review.' }) input: ReviewVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.removeReviewReply(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description:
      'Takes a review out of sight, and its stars out of what the product is rated. Needs `commerce:shops.decide`; ' +
      '`ILLEGAL_TRANSITION` when it is hidden.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  hideReview(
    @Arg('input', () => HideReviewInput, { description: 'Which one, and why.' }) input: HideReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.hideReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description:
      'Has everybody see a hidden review again. Needs `commerce:shops.decide`; `ILLEGAL_TRANSITION` when it is not hidden.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  showReview(
    @Arg('input', () => ReviewInput, { description: 'Which one.' }) input: ReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.showReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description:
      'Says that a review was helpful to the caller. Once is enough: again changes nothing. `FORBIDDEN` for their own.',
  })
  @Directive('@policy(policies: [["person"]])')
  @RateLimited({ max: 300, per: 'hour' })
  voteForReview(
    @Arg('input', () => ReviewInput, { description: 'Which one.' }) input: ReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.voteForReview(input);
  }

  @Mutation(() => Review, {
    nullable: true,
    description: 'Takes back that a review was helpful to the caller. Changes nothing where they have not said so.',
  })
  @Directive('@policy(policies: [["person"]])')
  @RateLimited({ max: 300, per: 'hour' })
  withdrawReviewVote(
    @Arg('input', () => ReviewInput, { description: 'Which one.' }) input: ReviewInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Review> {
    return useCases.withdrawReviewVote(input);
  }
}
