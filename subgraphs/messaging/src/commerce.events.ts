import type { EventEnvelope } from '@supergraph/subgraph-kit';

/** Whom an order is of. */
export interface OrderNamed {
  readonly orderId: string;
  readonly number: string;
  /** Null for a guest's. */
  readonly userId: string | null;
  readonly email: string;
}

export interface OrderedItem {
  readonly title: string;
  readonly quantity: number;
}

/** What a shop has to do with an order. */
export interface ShopPart {
  readonly shopOrderId: string;
  readonly number: string;
  readonly shopId: string;
  readonly organizationId: string;
  readonly items: readonly OrderedItem[];
}

/** Likewise, of events that are about one shop's part only. */
export interface OfShop {
  readonly shopOrderId: string;
  readonly shopOrderNumber: string;
  readonly shopId: string;
  readonly shopName: string;
  readonly organizationId: string;
  readonly items: readonly OrderedItem[];
}

export interface Parcel extends OrderNamed, OfShop {
  readonly fulfillmentId: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** As the shop wrote it. */
  readonly trackingUrl: string | null;
}

export interface Returned extends OrderNamed, OfShop {
  readonly returnId: string;
  readonly reason: string | null;
  readonly currency: string;
  /** In minor units; null while nothing is given back. */
  readonly refunded: number | null;
}

export interface ShopNamed {
  readonly shopId: string;
  readonly organizationId: string;
  readonly name: string;
}

/**
 * As much of commerce's events as messaging reads. Amounts are in minor units.
 *
 * A type of its own, so that what else an event says may change; a test holds it against what commerce publishes.
 */
export interface HeardOfCommerce {
  'order.placed': OrderNamed & {
    readonly currency: string;
    readonly total: number;
    readonly shopOrders: readonly (ShopPart & { readonly total: number })[];
  };
  'order.cancelled': OrderNamed & {
    readonly currency: string;
    /** What is given back. */
    readonly refunded: number;
    readonly reason: string;
    readonly shopOrders: readonly ShopPart[];
  };
  'order.given_up': Omit<OrderNamed, 'email'> & { readonly reason: string };
  'order.fulfilled': Parcel;
  'order.delivered': Parcel;
  'payment.refunded': {
    readonly refundId: string;
    readonly orderId: string;
    /** Absent for a guest's. */
    readonly userId?: string | undefined;
    readonly refundAmount: number;
    readonly currency: string;
  };
  'return.requested': Returned;
  'return.approved': Returned;
  'return.declined': Returned;
  'return.received': Returned;
  'shop.approved': ShopNamed;
  'shop.rejected': ShopNamed & { readonly reason: string };
  'shop.suspended': ShopNamed & { readonly reason: string };
  'shop.reinstated': ShopNamed;
  'review.added': {
    readonly reviewId: string;
    readonly productId: string;
    readonly productTitle: string;
    readonly shopId: string;
    readonly organizationId: string;
    readonly rating: number;
  };
}

/** What a handler of such an event is given. */
export type Heard<Name extends keyof HeardOfCommerce> = EventEnvelope<Name, HeardOfCommerce[Name]>;
