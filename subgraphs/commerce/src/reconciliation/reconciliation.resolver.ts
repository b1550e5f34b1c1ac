import { RateLimited } from '@supergraph/subgraph-kit';
import { Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { ReconciliationReport } from './reconciliation.types.ts';

@Resolver()
export class ReconciliationResolver {
  @Query(() => ReconciliationReport, {
    nullable: true,
    description:
      'Whether payments, books and payment providers agree, as of now. Asks the providers about the latest payments. ' +
      'Needs `commerce:books.read`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:books.read"]])')
  @Directive('@policy(policies: [["person"]])')
  @RateLimited({ max: 30, per: 'minute' })
  reconciliationReport(@Ctx() { useCases }: CommerceContext): Promise<ReconciliationReport> {
    return useCases.reconcile({});
  }
}
