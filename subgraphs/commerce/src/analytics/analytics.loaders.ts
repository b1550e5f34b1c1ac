import { Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { type AnalyticsArguments, rangeOf } from './analytics.inputs.ts';
import type { BestSeller, CustomerCounts } from './analytics.types.ts';
import { type Day, dayAt } from './calendar.ts';
import { readSales, type SalesRange, type SalesRow } from './read-sales.ts';
import { readBestSellers, readCarts, readCustomers } from './read-shop-figures.ts';
import { readShopWork, type ShopWork } from './read-shop-work.ts';

/** A shop and what is asked about it. */
export interface SalesQuestion {
  readonly shopId: string;
  readonly range: SalesRange;
}

/**
 * What shops are told of their sales, for whoever may see that: it has to be checked before. As the system, because carts
 * and orders are their buyers’.
 */
export function createAnalyticsLoaders({ em, clock }: CommerceReader) {
  const asSystem = <Result>(read: () => Promise<Result>) => withRowScope(Session.system(), read);

  /** Each way of asking costs what it costs for one shop, however many shops are asked about. */
  const byRange = <Value>(
    read: (shopIds: readonly string[], range: SalesRange) => Promise<Map<string, Value>>,
    none: Value,
  ) =>
    new DataLoader<SalesQuestion, Value, string>(
      async (asked) => {
        const found = new Map<string, Map<string, Value>>();
        for (const [key, alike] of Map.groupBy(asked, ({ range }) => JSON.stringify(range))) {
          const ids = [...new Set(alike.map(({ shopId }) => shopId))];
          found.set(key, await asSystem(() => read(ids, alike[0]!.range)));
        }
        return asked.map(({ shopId, range }) => found.get(JSON.stringify(range))!.get(shopId) ?? none);
      },
      { cacheKeyFn: ({ shopId, range }) => `${shopId} ${JSON.stringify(range)}` },
    );

  return {
    /** @throws `BAD_USER_INPUT` */
    rangeOfSales: (args: AnalyticsArguments): SalesRange => rangeOf(args, clock.now()),
    todayAt: (timeZone: string): Day => dayAt(clock.now(), timeZone),
    salesOfShop: byRange<readonly SalesRow[]>((ids, range) => readSales(em, ids, range), []),
    bestSellersOfShop: byRange<BestSeller[]>((ids, range) => readBestSellers(em, ids, range), []),
    customersOfShop: byRange<CustomerCounts>((ids, range) => readCustomers(em, ids, range), {
      firstTime: 0,
      returning: 0,
    }),
    cartsOfShop: byRange((ids, range) => readCarts(em, ids, range), { carts: 0, ordered: 0 }),
    workOfShop: new DataLoader<string, ShopWork>(async (ids) => {
      const found = await asSystem(() => readShopWork(em, ids));
      return ids.map((id) => found.get(id)!);
    }),
  };
}
