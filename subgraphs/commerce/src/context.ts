import type { GraphContext, Reader, Work } from '@supergraph/subgraph-kit';
import { createAnalyticsLoaders } from './analytics/analytics.loaders.ts';
import { createCartLoaders } from './cart/cart.loaders.ts';
import type { CommerceEvents } from './events.ts';
import { createFulfillmentLoaders } from './fulfillment/fulfillment.loaders.ts';
import { createImportLoaders } from './import/product-import.loaders.ts';
import { createPromotionLoaders } from './promotion/promotion.loaders.ts';
import { createStockLoaders } from './inventory/stock.loaders.ts';
import { createCategoryLoaders } from './category/category.loaders.ts';
import { createProductLoaders } from './product/product.loaders.ts';
import { createLedgerLoaders } from './ledger/ledger.loaders.ts';
import { createOrderLoaders } from './order/order.loaders.ts';
import { createPaymentLoaders } from './payment/payment.loaders.ts';
import { createRefundedLoaders } from './payment/refunded.loaders.ts';
import { createPayoutLoaders } from './payout/payout.loaders.ts';
import { createReferenceLoaders } from './references/reference.loaders.ts';
import { createRelatedLoaders } from './search/related-products.loaders.ts';
import { createReviewLoaders } from './review/review.loaders.ts';
import { createReturnLoaders } from './return/return.loaders.ts';
import type { CommerceServices } from './services.ts';
import { createShopLoaders } from './shop/shop.loaders.ts';
import type { useCases } from './use-cases.ts';
import { createVariantLoaders } from './variant/product-variant.loaders.ts';
import { createVerificationLoaders } from './verification/shop-verification.loaders.ts';

export type CommerceWork = Work<CommerceServices, CommerceEvents>;

export type CommerceReader = Reader<CommerceServices>;

export type CommerceLoaders = ReturnType<typeof createLoaders>;

export type CommerceContext = GraphContext<CommerceLoaders, typeof useCases>;

export function createLoaders(reader: CommerceReader) {
  const products = createProductLoaders(reader);
  return {
    ...createAnalyticsLoaders(reader),
    ...createCartLoaders(reader),
    ...createPromotionLoaders(reader),
    ...createCategoryLoaders(reader),
    ...products,
    ...createVariantLoaders(reader, products),
    ...createRelatedLoaders(reader, products),
    ...createReviewLoaders(reader, products),
    ...createFulfillmentLoaders(reader),
    ...createImportLoaders(reader),
    ...createLedgerLoaders(reader),
    ...createOrderLoaders(reader),
    ...createPaymentLoaders(reader),
    ...createRefundedLoaders(reader),
    ...createPayoutLoaders(reader),
    ...createReturnLoaders(reader),
    ...createShopLoaders(reader),
    ...createVerificationLoaders(reader),
    ...createStockLoaders(reader),
    ...createReferenceLoaders(),
  };
}
