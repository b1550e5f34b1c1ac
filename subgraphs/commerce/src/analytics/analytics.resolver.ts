import { permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { maySeeAsShop } from '../payment/payment.policy.ts';
import { Product } from '../product/product.entity.ts';
import { Shop } from '../shop/shop.entity.ts';
import { AnalyticsArguments, TimeZoneArguments } from './analytics.inputs.ts';
import {
  BestSeller,
  CartCounts,
  CurrencySales,
  CustomerCounts,
  ShopAnalytics,
  ShopDashboard,
} from './analytics.types.ts';
import { salesCsv } from './sales-csv.ts';
import { salesByCurrency, withTimeBefore } from './sales-series.ts';

@Resolver(() => Shop)
export class ShopFiguresResolver {
  @FieldResolver(() => ShopAnalytics, {
    nullable: true,
    description:
      'How it sells, from one day to another. For its own people with `commerce:read` and staff with ' +
      '`commerce:books.read`; `BAD_USER_INPUT` for more than 366 days.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"], ["commerce:books.read"]])')
  @Directive('@cost(weight: 50)')
  analytics(
    @Root() shop: Shop,
    @Args(() => AnalyticsArguments) args: AnalyticsArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): ShopAnalytics {
    permit(session, maySeeAsShop(session, shop));
    const range = loaders.rangeOfSales(args);
    const { id: shopId, name: shopName, currency: shopCurrency } = shop;
    return Object.assign(new ShopAnalytics(), { shopId, shopName, shopCurrency, range });
  }

  @FieldResolver(() => ShopDashboard, {
    nullable: true,
    description:
      'What waits to be done in it, and how it sells these days. For its own people with `commerce:read` and staff with ' +
      '`commerce:books.read`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"], ["commerce:books.read"]])')
  @Directive('@cost(weight: 50)')
  dashboard(
    @Root() shop: Shop,
    @Args(() => TimeZoneArguments) { timeZone }: TimeZoneArguments,
    @Ctx() { session }: CommerceContext,
  ): ShopDashboard {
    permit(session, maySeeAsShop(session, shop));
    return Object.assign(new ShopDashboard(), { shopId: shop.id, shopCurrency: shop.currency, timeZone });
  }
}

@Resolver(() => ShopAnalytics)
export class ShopAnalyticsResolver {
  @FieldResolver(() => [CurrencySales], {
    description: 'What was sold, by currency: that of the shop comes first, and is there also without sales.',
  })
  @Directive('@listSize(assumedSize: 1)')
  async currencies(
    @Root() { shopId, shopCurrency, range }: ShopAnalytics,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<CurrencySales[]> {
    return salesByCurrency(
      await loaders.salesOfShop.load({ shopId, range: withTimeBefore(range) }),
      range,
      shopCurrency,
    );
  }

  @FieldResolver(() => [BestSeller], { description: 'What was ordered most, at most ten products.' })
  @Directive('@listSize(assumedSize: 10)')
  bestSellers(@Root() { shopId, range }: ShopAnalytics, @Ctx() { loaders }: CommerceContext): Promise<BestSeller[]> {
    return loaders.bestSellersOfShop.load({ shopId, range });
  }

  @FieldResolver(() => CustomerCounts, { description: 'Who bought of it.' })
  customers(@Root() { shopId, range }: ShopAnalytics, @Ctx() { loaders }: CommerceContext): Promise<CustomerCounts> {
    return loaders.customersOfShop.load({ shopId, range });
  }

  @FieldResolver(() => CartCounts, { description: 'What became of carts into which something of it was put.' })
  async carts(@Root() { shopId, range }: ShopAnalytics, @Ctx() { loaders }: CommerceContext): Promise<CartCounts> {
    return Object.assign(new CartCounts(), await loaders.cartsOfShop.load({ shopId, range }));
  }

  @FieldResolver(() => String, {
    description: 'What was sold period by period, as comma-separated values with a header; amounts in major units.',
  })
  async csv(@Root() analytics: ShopAnalytics, @Ctx() context: CommerceContext): Promise<string> {
    return salesCsv(analytics.shopName, await this.currencies(analytics, context));
  }
}

@Resolver(() => BestSeller)
export class BestSellerResolver {
  @FieldResolver(() => Product, { nullable: true, description: 'The product; null when the caller does not see it.' })
  product(@Root() { productId }: BestSeller, @Ctx() { loaders }: CommerceContext): Promise<Product | null> {
    return loaders.productById.load(productId);
  }
}
