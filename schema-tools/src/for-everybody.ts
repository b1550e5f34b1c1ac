/**
 * The root fields that anybody may ask for, signed in or not, as `Type.field`. All others carry `@authenticated`,
 * `@requiresScopes` or `@policy`: whoever adds a root field decides who it is for, in the schema or here.
 */
export const FOR_EVERYBODY: ReadonlySet<string> = new Set([
  // The ways to become somebody. Each takes a proof of its own.
  'Mutation.register',
  'Mutation.login',
  'Mutation.completeLogin',
  'Mutation.refreshSession',
  'Mutation.createApiToken',
  'Mutation.verifyEmail',
  'Mutation.resendVerification',
  'Mutation.requestPasswordReset',
  'Mutation.resetPassword',
  // A price list is no secret.
  'Query.plans',
  // Whoever comes by may look and fill a basket. A guest's cart takes the token that its first item came with.
  'Query.categories',
  'Query.category',
  'Query.product',
  'Query.productSuggestions',
  'Query.productVariant',
  'Query.products',
  'Query.review',
  'Query.shop',
  'Query.shopBySlug',
  'Query.shops',
  'Query.cart',
  'Query.order',
  'Mutation.checkoutComplete',
  'Mutation.cancelOrder',
  'Mutation.requestReturn',
  'Mutation.withdrawReturn',
  'Mutation.addToCart',
  'Mutation.changeCartItem',
  'Mutation.removeFromCart',
  'Mutation.acceptCartPrices',
  'Mutation.applyPromotion',
  'Mutation.removePromotion',
  // Public by nature: browsers need it to subscribe.
  'Query.webPushPublicKey',
]);
