import { fileURLToPath } from 'node:url';
import { defineSubgraph } from '@supergraph/subgraph-kit';
import { BestSellerResolver, ShopAnalyticsResolver, ShopFiguresResolver } from './analytics/analytics.resolver.ts';
import { ShopDashboardResolver } from './analytics/dashboard.resolver.ts';
import { CancellationResolver } from './cancellation/cancellation.resolver.ts';
import { CartEntry } from './cart/cart-entry.entity.ts';
import { Cart } from './cart/cart.entity.ts';
import { CartResolver } from './cart/cart.resolver.ts';
import { Category } from './category/category.entity.ts';
import { CategoryResolver } from './category/category.resolver.ts';
import { CheckoutResolver } from './checkout/checkout.resolver.ts';
import { createLoaders } from './context.ts';
import type { CommerceEnvironment } from './environment.ts';
import { commerceEventVersions, type CommerceEvents } from './events.ts';
import { FulfillmentItem } from './fulfillment/fulfillment-item.entity.ts';
import { Fulfillment } from './fulfillment/fulfillment.entity.ts';
import {
  FulfillmentItemResolver,
  FulfillmentResolver,
  ShopOrderFulfillmentsResolver,
} from './fulfillment/fulfillment.resolver.ts';
import { handlers } from './handlers.ts';
import { StockLevel } from './inventory/stock-level.entity.ts';
import { StockLevelResolver } from './inventory/stock-level.resolver.ts';
import { StockLiveResolver } from './inventory/stock-live.resolver.ts';
import { StockMovement } from './inventory/stock-movement.entity.ts';
import { StockMovementResolver } from './inventory/stock-movement.resolver.ts';
import { StockReservation } from './inventory/stock-reservation.entity.ts';
import { VariantStockResolver } from './inventory/variant-stock.resolver.ts';
import { ProductImport } from './import/product-import.entity.ts';
import { ProductImportResolver, ShopImportsResolver } from './import/product-import.resolver.ts';
import { jobs } from './jobs.ts';
import { LedgerEntry } from './ledger/ledger-entry.entity.ts';
import { LedgerEntryResolver, ShopBooksResolver } from './ledger/ledger.resolver.ts';
import { OrderItem } from './order/order-item.entity.ts';
import { OrderLiveResolver } from './order/order-live.resolver.ts';
import { OrderStep } from './order/order-step.entity.ts';
import { Order } from './order/order.entity.ts';
import { OrderResolver } from './order/order.resolver.ts';
import { ShopOrder } from './order/shop-order.entity.ts';
import { OrderItemResolver, ShopOrderResolver, ShopOrdersResolver } from './order/shop-order.resolver.ts';
import { OwedRefund } from './payment/owed-refund.entity.ts';
import { PaymentShare } from './payment/payment-share.entity.ts';
import { Payment } from './payment/payment.entity.ts';
import { PaymentResolver } from './payment/payment.resolver.ts';
import { RefundShare } from './payment/refund-share.entity.ts';
import { Refund } from './payment/refund.entity.ts';
import { PaymentShareResolver, RefundResolver } from './payment/refund.resolver.ts';
import { stripeWebhook } from './payment/stripe-webhook.route.ts';
import { Payout } from './payout/payout.entity.ts';
import { PayoutResolver, ShopPayoutsResolver } from './payout/payout.resolver.ts';
import { ProductImage } from './product/product-image.entity.ts';
import { Product } from './product/product.entity.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { ShopProductsResolver } from './product/shop-products.resolver.ts';
import { Promotion } from './promotion/promotion.entity.ts';
import { PromotionResolver, ShopPromotionsResolver } from './promotion/promotion.resolver.ts';
import { ReconciliationResolver } from './reconciliation/reconciliation.resolver.ts';
import { Organization } from './references/organization.reference.ts';
import { OrganizationResolver } from './references/organization.resolver.ts';
import { User } from './references/user.reference.ts';
import { UserResolver } from './references/user.resolver.ts';
import { ReviewChangeResolver } from './review/review-change.resolver.ts';
import { ProductReviewsResolver, ShopReviewsResolver, UserReviewsResolver } from './review/review-list.resolver.ts';
import { Review } from './review/review.entity.ts';
import { ReviewResolver } from './review/review.resolver.ts';
import { ReturnItem } from './return/return-item.entity.ts';
import { ReturnRequest } from './return/return-request.entity.ts';
import {
  OrderItemReturnsResolver,
  ReturnItemResolver,
  ReturnResolver,
  ShopOrderReturnsResolver,
  ShopReturnsResolver,
} from './return/return.resolver.ts';
import { CategoryCountResolver, ProductSearchResolver } from './search/product-search.resolver.ts';
import { type CommerceServices, createServices } from './services.ts';
import { Shop } from './shop/shop.entity.ts';
import { ShopResolver } from './shop/shop.resolver.ts';
import { useCases } from './use-cases.ts';
import { ProductVariant } from './variant/product-variant.entity.ts';
import { ProductVariantResolver } from './variant/product-variant.resolver.ts';
import { ShopVerification } from './verification/shop-verification.entity.ts';
import { ShopVerificationResolver } from './verification/shop-verification.resolver.ts';

/** Commerce: shops of many vendors, what they sell, who buys it and who is paid for it. */
export const commerce = defineSubgraph<
  CommerceEnvironment,
  CommerceServices,
  CommerceEvents,
  ReturnType<typeof createLoaders>,
  typeof useCases
>({
  name: 'commerce',
  entities: [
    Cart,
    CartEntry,
    Category,
    Fulfillment,
    FulfillmentItem,
    LedgerEntry,
    Order,
    OrderItem,
    OrderStep,
    OwedRefund,
    Payment,
    PaymentShare,
    Payout,
    Product,
    ProductImage,
    ProductImport,
    ProductVariant,
    Promotion,
    Refund,
    RefundShare,
    Review,
    ReturnItem,
    ReturnRequest,
    Shop,
    ShopOrder,
    ShopVerification,
    StockLevel,
    StockMovement,
    StockReservation,
  ],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [
    BestSellerResolver,
    CancellationResolver,
    CartResolver,
    CategoryCountResolver,
    CategoryResolver,
    CheckoutResolver,
    FulfillmentItemResolver,
    FulfillmentResolver,
    LedgerEntryResolver,
    OrderItemResolver,
    OrderItemReturnsResolver,
    OrderLiveResolver,
    OrderResolver,
    OrganizationResolver,
    PaymentResolver,
    PaymentShareResolver,
    PayoutResolver,
    ProductImportResolver,
    ProductResolver,
    ProductReviewsResolver,
    ProductSearchResolver,
    ProductVariantResolver,
    PromotionResolver,
    ReconciliationResolver,
    RefundResolver,
    ReviewChangeResolver,
    ReviewResolver,
    ShopAnalyticsResolver,
    ShopBooksResolver,
    ShopDashboardResolver,
    ShopFiguresResolver,
    ReturnItemResolver,
    ReturnResolver,
    ShopOrderFulfillmentsResolver,
    ShopOrderReturnsResolver,
    ShopOrderResolver,
    ShopImportsResolver,
    ShopOrdersResolver,
    ShopPayoutsResolver,
    ShopProductsResolver,
    ShopPromotionsResolver,
    ShopReturnsResolver,
    ShopResolver,
    ShopReviewsResolver,
    ShopVerificationResolver,
    StockLevelResolver,
    StockLiveResolver,
    StockMovementResolver,
    UserResolver,
    UserReviewsResolver,
    VariantStockResolver,
  ],
  orphanedTypes: [Organization, User],
  references: {
    Cart: ({ loaders }) => loaders.cartById,
    Category: ({ loaders }) => loaders.categoryById,
    Fulfillment: ({ loaders }) => loaders.fulfillmentById,
    Order: ({ loaders }) => loaders.orderById,
    Organization: ({ loaders }) => loaders.organizationById,
    Payment: ({ loaders }) => loaders.paymentById,
    Payout: ({ loaders }) => loaders.payoutById,
    Product: ({ loaders }) => loaders.productById,
    ProductImport: ({ loaders }) => loaders.productImportById,
    ProductVariant: ({ loaders }) => loaders.variantById,
    Promotion: ({ loaders }) => loaders.promotionById,
    Refund: ({ loaders }) => loaders.refundById,
    Review: ({ loaders }) => loaders.reviewById,
    Return: ({ loaders }) => loaders.returnById,
    Shop: ({ loaders }) => loaders.shopById,
    ShopOrder: ({ loaders }) => loaders.shopOrderById,
    ShopVerification: ({ loaders }) => loaders.verificationById,
    StockLevel: ({ loaders }) => loaders.stockLevelById,
    StockMovement: ({ loaders }) => loaders.stockMovementById,
    StockReservation: ({ loaders }) => loaders.stockReservationById,
    User: ({ loaders }) => loaders.userById,
  },
  events: commerceEventVersions,
  loaders: createLoaders,
  useCases,
  services: createServices,
  handlers,
  jobs,
  routes: { '/webhooks/stripe': stripeWebhook },
});
