/** A shop, whom it belongs to and what it is called, so that nobody who hears of it has to ask. */
interface ShopNamed {
  readonly shopId: string;
  readonly organizationId: string;
  readonly ownerId: string;
  readonly name: string;
}

/** Stock of a variant, and whose it is. */
interface Stocked {
  readonly variantId: string;
  readonly shopId: string;
  readonly organizationId: string;
  /** What can be sold now. */
  readonly available: number;
}

/** A product with all that others keep of it: what it costs is in minor units, and null while nothing can be bought. */
interface ProductDescribed {
  readonly productId: string;
  readonly shopId: string;
  readonly organizationId: string;
  readonly title: string;
  readonly slug: string;
  readonly status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED';
  readonly categoryId: string | null;
  readonly brand: string | null;
  readonly currency: string;
  readonly lowestPrice: number | null;
}

/** A payment and the shops that it is for, each with its part. Amounts are in minor units. */
interface PaymentNamed {
  readonly paymentId: string;
  readonly orderId: string;
  /** Absent for a guest's. */
  readonly userId?: string | undefined;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly shops: readonly { readonly shopId: string; readonly organizationId: string; readonly amount: number }[];
  readonly failureReason?: string | undefined;
}

interface RefundNamed extends PaymentNamed {
  readonly refundId: string;
  readonly refundAmount: number;
  /** Of the payment altogether, by now. */
  readonly refunded: number;
  readonly reason: string;
}

interface PayoutNamed {
  readonly payoutId: string;
  readonly shopId: string;
  readonly organizationId: string;
  readonly amount: number;
  readonly currency: string;
  readonly failureReason?: string | undefined;
}

/** So much of something that was bought. */
interface UnitsNamed {
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly quantity: number;
}

/** What was bought of one shop, and of whom. */
interface ShopOrderNamed {
  readonly orderId: string;
  readonly number: string;
  /** Null for a guest's. */
  readonly userId: string | null;
  readonly email: string;
  readonly shopOrderId: string;
  readonly shopOrderNumber: string;
  readonly shopId: string;
  readonly shopName: string;
  readonly organizationId: string;
}

interface ParcelNamed extends ShopOrderNamed {
  readonly fulfillmentId: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  /** Whether with it all of the shop's part was sent, or has arrived. */
  readonly isComplete: boolean;
  readonly items: readonly UnitsNamed[];
}

/** What a buyer wants to send back. */
interface ReturnNamed extends ShopOrderNamed {
  readonly returnId: string;
  /** The buyer's when it is requested, the shop's when it is declined or a part of the money is kept. */
  readonly reason: string | null;
  readonly currency: string;
  /** In minor units; null until it was received. */
  readonly refunded: number | null;
  /** What was received, once it was; what is sent back before that. */
  readonly items: readonly UnitsNamed[];
}

/** The events commerce publishes: name → payload. */
export interface CommerceEvents {
  'product.created': ProductDescribed;
  /** Its variants count as a part of it; so does becoming a draft again. */
  'product.updated': ProductDescribed;
  /** It is for sale while its shop is open. */
  'product.published': ProductDescribed;
  'product.archived': ProductDescribed;
  /** The money is reserved. */
  'payment.authorized': PaymentNamed;
  'payment.captured': PaymentNamed;
  /** It was given up before any money was taken. */
  'payment.cancelled': PaymentNamed;
  /** The bank said no, or it came to nothing for another reason. */
  'payment.failed': PaymentNamed;
  'payment.refunded': RefundNamed;
  'payment.refund_failed': RefundNamed;
  'payout.requested': PayoutNamed;
  'payout.succeeded': PayoutNamed;
  /** It is in the shop's balance again. */
  'payout.failed': PayoutNamed;
  'shop.registered': ShopNamed;
  /** It asks to be let in. */
  'shop.verification_submitted': ShopNamed & { readonly verificationId: string };
  /** It may sell. */
  'shop.approved': ShopNamed;
  'shop.rejected': ShopNamed & { readonly reason: string };
  'shop.updated': ShopNamed;
  /** Nothing of it can be bought until it is reinstated. */
  'shop.suspended': ShopNamed & { readonly reason: string };
  'shop.reinstated': ShopNamed;
  'shop.closed': ShopNamed;
  'order.placed': {
    readonly orderId: string;
    readonly number: string;
    /** Null for a guest's. */
    readonly userId: string | null;
    readonly email: string;
    readonly currency: string;
    /** In minor units. */
    readonly total: number;
    readonly shopOrders: readonly {
      readonly shopOrderId: string;
      readonly number: string;
      readonly shopId: string;
      readonly organizationId: string;
      readonly total: number;
      readonly items: readonly {
        readonly productId: string;
        readonly variantId: string;
        readonly title: string;
        readonly quantity: number;
      }[];
    }[];
  };
  /** Some or all of it was cancelled before it was sent. */
  'order.cancelled': {
    readonly orderId: string;
    readonly number: string;
    /** Null for a guest's. */
    readonly userId: string | null;
    readonly email: string;
    readonly currency: string;
    /** What goes back for it, in minor units. */
    readonly refunded: number;
    /** Whether nothing is left of the order. */
    readonly isWhole: boolean;
    readonly reason: string;
    readonly shopOrders: readonly {
      readonly shopOrderId: string;
      readonly number: string;
      readonly shopId: string;
      readonly organizationId: string;
      readonly items: readonly UnitsNamed[];
    }[];
  };
  /** Of each parcel that was sent. */
  'order.fulfilled': ParcelNamed;
  /** Of each parcel that has arrived. */
  'order.delivered': ParcelNamed;
  'return.requested': ReturnNamed;
  'return.approved': ReturnNamed;
  'return.declined': ReturnNamed;
  /** It came back, and so does the money. */
  'return.received': ReturnNamed;
  /** It came to nothing before it was paid. */
  'order.given_up': {
    readonly orderId: string;
    readonly number: string;
    readonly userId: string | null;
    readonly state: 'CANCELLED' | 'EXPIRED';
    readonly reason: string;
  };
  /** Nobody came back to it for a day. Told once, until somebody does. */
  'cart.abandoned': {
    readonly cartId: string;
    /** Null for a guest's. */
    readonly userId: string | null;
    readonly currency: string;
    readonly itemCount: number;
  };
  /** Somebody said what they think of what they bought. */
  'review.added': {
    readonly reviewId: string;
    readonly productId: string;
    readonly productTitle: string;
    readonly shopId: string;
    /** The shop's. */
    readonly organizationId: string;
    readonly userId: string;
    /** 1 to 5. */
    readonly rating: number;
  };
  /** There is more or less of a variant, or of what can be sold of it. */
  'inventory.updated': Stocked & { readonly onHand: number; readonly availableBefore: number };
  /** No more than the threshold can be sold; again only after there was more. */
  'inventory.low': Stocked & {
    readonly productId: string;
    readonly productTitle: string;
    readonly variantTitle: string;
    readonly sku: string;
    readonly threshold: number;
  };
}

export const commerceEventVersions: { readonly [Name in keyof CommerceEvents]: number } = {
  'product.created': 1,
  'product.updated': 1,
  'product.published': 1,
  'product.archived': 1,
  'payment.authorized': 1,
  'payment.captured': 1,
  'payment.cancelled': 1,
  'payment.failed': 1,
  'payment.refunded': 1,
  'payment.refund_failed': 1,
  'payout.requested': 1,
  'payout.succeeded': 1,
  'payout.failed': 1,
  'shop.registered': 1,
  'shop.verification_submitted': 1,
  'shop.approved': 1,
  'shop.rejected': 1,
  'shop.updated': 1,
  'shop.suspended': 1,
  'shop.reinstated': 1,
  'shop.closed': 1,
  'order.placed': 1,
  'order.given_up': 1,
  'order.cancelled': 1,
  'order.fulfilled': 1,
  'order.delivered': 1,
  'return.requested': 1,
  'return.approved': 1,
  'return.declined': 1,
  'return.received': 1,
  'cart.abandoned': 1,
  'review.added': 1,
  'inventory.updated': 1,
  'inventory.low': 1,
};
