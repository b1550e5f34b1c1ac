import { Money } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { SalesComparison, ShopDashboard } from './analytics.types.ts';
import { addDays, SalesInterval } from './calendar.ts';
import { lastDays } from './sales-series.ts';

/** The longest time that is compared with the time before it. */
const MAX_DAYS = 30;

@Resolver(() => ShopDashboard)
export class ShopDashboardResolver {
  @FieldResolver(() => Int, { description: 'How many orders are to be sent, in whole or in part.' })
  async ordersToSend(@Root() { shopId }: ShopDashboard, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.workOfShop.load(shopId)).ordersToSend;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when the buyer of one of them has waited, at most; null when there is nothing to send.',
  })
  async oldestWaitingSince(
    @Root() { shopId }: ShopDashboard,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Date | null> {
    return (await loaders.workOfShop.load(shopId)).oldestWaitingSince;
  }

  @FieldResolver(() => Int, { description: 'How many variants that can be bought are low in stock.' })
  async lowStockCount(@Root() { shopId }: ShopDashboard, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.workOfShop.load(shopId)).lowStockCount;
  }

  @FieldResolver(() => Int, { description: 'How many reviews it has not replied to.' })
  async unansweredReviewCount(@Root() { shopId }: ShopDashboard, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.workOfShop.load(shopId)).unansweredReviewCount;
  }

  @FieldResolver(() => Int, { description: 'How many returns it has to decide about, or has not got yet.' })
  async openReturnCount(@Root() { shopId }: ShopDashboard, @Ctx() { loaders }: CommerceContext): Promise<number> {
    return (await loaders.workOfShop.load(shopId)).openReturnCount;
  }

  @FieldResolver(() => [Money], { description: 'What can be paid out to it, by currency, as in `Shop.balance`.' })
  @Directive('@listSize(assumedSize: 3)')
  balance(@Root() { shopId }: ShopDashboard, @Ctx() { loaders }: CommerceContext): Promise<Money[]> {
    return loaders.balancesOfShop.load(shopId);
  }

  @FieldResolver(() => SalesComparison, { description: 'Today since midnight, and the whole day before.' })
  today(@Root() dashboard: ShopDashboard, @Ctx() context: CommerceContext): Promise<SalesComparison> {
    return last(1, dashboard, context);
  }

  @FieldResolver(() => SalesComparison, { description: 'Today and the 6 days before, and the 7 days before those.' })
  last7Days(@Root() dashboard: ShopDashboard, @Ctx() context: CommerceContext): Promise<SalesComparison> {
    return last(7, dashboard, context);
  }

  @FieldResolver(() => SalesComparison, { description: 'Today and the 29 days before, and the 30 days before those.' })
  last30Days(@Root() dashboard: ShopDashboard, @Ctx() context: CommerceContext): Promise<SalesComparison> {
    return last(MAX_DAYS, dashboard, context);
  }
}

/** All of them are made of what is read once. */
async function last(
  days: number,
  { shopId, shopCurrency, timeZone }: ShopDashboard,
  { loaders }: CommerceContext,
): Promise<SalesComparison> {
  const to = loaders.todayAt(timeZone);
  const range = { from: addDays(to, 1 - 2 * MAX_DAYS), to, timeZone, interval: SalesInterval.DAY };
  const rows = await loaders.salesOfShop.load({ shopId, range });
  return lastDays(rows, { from: addDays(to, 1 - days), to }, shopCurrency);
}
