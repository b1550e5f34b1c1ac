import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { CheckoutInput } from './checkout.inputs.ts';
import { CheckoutResult } from './checkout.results.ts';

@Resolver()
export class CheckoutResolver {
  @Mutation(() => CheckoutResult, {
    nullable: true,
    description:
      'Buys what is in the caller’s cart, at the price they were shown. `CONFLICT` for an empty cart and for one that is ' +
      'being bought under another key.',
  })
  @RateLimited({ max: 30, per: 'minute' })
  @Directive('@cost(weight: 50)')
  async checkoutComplete(
    @Arg('input', () => CheckoutInput, { description: 'What the buyer agrees to.' }) input: CheckoutInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<typeof CheckoutResult> {
    return useCases.completeCheckout(input);
  }
}
