import { cancelOrder } from './cancellation/cancel-order.ts';
import { cancelShopOrder } from './cancellation/cancel-shop-order.ts';
import { acceptCartPrices } from './cart/accept-cart-prices.ts';
import { addToCart } from './cart/add-to-cart.ts';
import { applyPromotion, removePromotion } from './cart/apply-promotion.ts';
import { changeCartItem, removeFromCart } from './cart/change-cart-item.ts';
import { findCart } from './cart/find-cart.ts';
import { mergeGuestCart } from './cart/merge-guest-cart.ts';
import { createCategory } from './category/create-category.ts';
import { deleteCategory } from './category/delete-category.ts';
import { listCategories } from './category/list-categories.ts';
import { moveCategory } from './category/move-category.ts';
import { renameCategory } from './category/rename-category.ts';
import { completeCheckout } from './checkout/complete-checkout.ts';
import { cancelProductImport } from './import/cancel-product-import.ts';
import { correctTracking } from './fulfillment/correct-tracking.ts';
import { fulfillShopOrder } from './fulfillment/fulfill-shop-order.ts';
import { recordDelivery } from './fulfillment/record-delivery.ts';
import { undoFulfillment } from './fulfillment/undo-fulfillment.ts';
import { exportProducts } from './import/export-products.ts';
import { importProducts } from './import/import-products.ts';
import { correctStock } from './inventory/correct-stock.ts';
import { receiveStock } from './inventory/receive-stock.ts';
import { recordDamage } from './inventory/record-damage.ts';
import { searchStockLevels } from './inventory/search-stock-levels.ts';
import { setLowStockThreshold } from './inventory/set-low-stock-threshold.ts';
import { findOrder } from './order/find-order.ts';
import { refundOwnShare } from './payment/refund-own-share.ts';
import { requestPayout } from './payout/request-payout.ts';
import { archiveProduct } from './product/archive-product.ts';
import { createProduct } from './product/create-product.ts';
import { publishProduct } from './product/publish-product.ts';
import { unarchiveProduct } from './product/unarchive-product.ts';
import { updateProduct } from './product/update-product.ts';
import { createPromotion } from './promotion/create-promotion.ts';
import { endPromotion } from './promotion/end-promotion.ts';
import { listPlatformPromotions } from './promotion/list-platform-promotions.ts';
import { reconcile } from './reconciliation/reconcile.ts';
import { addReview } from './review/add-review.ts';
import { deleteReview } from './review/delete-review.ts';
import { hideReview } from './review/hide-review.ts';
import { removeReviewReply } from './review/remove-review-reply.ts';
import { replyToReview } from './review/reply-to-review.ts';
import { showReview } from './review/show-review.ts';
import { updateReview } from './review/update-review.ts';
import { voteForReview, withdrawReviewVote } from './review/vote-for-review.ts';
import { approveReturn, declineReturn } from './return/decide-return.ts';
import { receiveReturn } from './return/receive-return.ts';
import { requestReturn } from './return/request-return.ts';
import { withdrawReturn } from './return/withdraw-return.ts';
import { searchProducts } from './search/search-products.ts';
import { suggestProducts } from './search/suggest-products.ts';
import { closeShop } from './shop/close-shop.ts';
import { registerShop } from './shop/register-shop.ts';
import { reinstateShop } from './shop/reinstate-shop.ts';
import { searchShops } from './shop/search-shops.ts';
import { suspendShop } from './shop/suspend-shop.ts';
import { updateShop } from './shop/update-shop.ts';
import { activateProductVariant } from './variant/activate-product-variant.ts';
import { createProductVariant } from './variant/create-product-variant.ts';
import { deactivateProductVariant } from './variant/deactivate-product-variant.ts';
import { updateProductVariant } from './variant/update-product-variant.ts';
import { decideShopVerification } from './verification/decide-shop-verification.ts';
import { searchShopVerifications } from './verification/search-shop-verifications.ts';
import { submitShopVerification } from './verification/submit-shop-verification.ts';

/** All that can be asked of commerce through the graph. */
export const useCases = {
  acceptCartPrices,
  addReview,
  activateProductVariant,
  addToCart,
  applyPromotion,
  approveReturn,
  archiveProduct,
  cancelProductImport,
  cancelOrder,
  cancelShopOrder,
  changeCartItem,
  closeShop,
  completeCheckout,
  correctStock,
  correctTracking,
  createCategory,
  createProduct,
  createProductVariant,
  createPromotion,
  deactivateProductVariant,
  decideShopVerification,
  declineReturn,
  deleteCategory,
  deleteReview,
  endPromotion,
  exportProducts,
  findCart,
  findOrder,
  hideReview,
  fulfillShopOrder,
  importProducts,
  listCategories,
  listPlatformPromotions,
  mergeGuestCart,
  moveCategory,
  publishProduct,
  receiveReturn,
  receiveStock,
  reconcile,
  recordDamage,
  recordDelivery,
  refundOwnShare,
  registerShop,
  reinstateShop,
  removeFromCart,
  removePromotion,
  removeReviewReply,
  renameCategory,
  replyToReview,
  requestPayout,
  requestReturn,
  searchProducts,
  searchShopVerifications,
  searchShops,
  searchStockLevels,
  setLowStockThreshold,
  showReview,
  submitShopVerification,
  suggestProducts,
  suspendShop,
  unarchiveProduct,
  undoFulfillment,
  updateProduct,
  updateProductVariant,
  updateReview,
  updateShop,
  voteForReview,
  withdrawReviewVote,
  withdrawReturn,
};
