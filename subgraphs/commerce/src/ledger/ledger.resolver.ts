import { connectionOf, ConnectionArguments, Money, type Page, PagedList } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { maySeeAsShop } from '../payment/payment.policy.ts';
import { Shop } from '../shop/shop.entity.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';

const LedgerEntryConnection = connectionOf(LedgerEntry);

@Resolver(() => Shop)
export class ShopBooksResolver {
  @FieldResolver(() => [Money], {
    nullable: true,
    description:
      'What is owed to it, for each currency it ever had something in: below zero when it gave more back than it had ' +
      'left. For its own people with `commerce:read` and staff.',
  })
  @Directive('@authenticated')
  @Directive('@listSize(assumedSize: 3)')
  async balance(@Root() shop: Shop, @Ctx() { session, loaders }: CommerceContext): Promise<Money[] | null> {
    return maySeeAsShop(session, shop) ? loaders.balancesOfShop.load(shop.id) : null;
  }

  @FieldResolver(() => LedgerEntryConnection, {
    nullable: true,
    description: 'Its lines in the books, the latest first. For its own people with `commerce:read` and staff.',
  })
  @PagedList()
  @Directive('@authenticated')
  async ledgerEntries(
    @Root() shop: Shop,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<LedgerEntry> | null> {
    return maySeeAsShop(session, shop) ? loaders.ledgerEntriesOfShop.load(shop.id, args) : null;
  }
}

@Resolver(() => LedgerEntry)
export class LedgerEntryResolver {
  @FieldResolver(() => Money, {
    description: 'How much more is owed to whom the account is for; less, when it is below zero.',
  })
  amount(@Root() { amount, currency }: LedgerEntry): Money {
    return new Money(amount, currency);
  }
}
