/** Who moves the money. */
export type ProviderName = 'TEST' | 'STRIPE';

/** What the buyer has to do before a payment can go on. */
export interface NextAction {
  /** Where to send the buyer. */
  readonly url?: string | undefined;
  /** What the provider's own code in the buyer's browser needs instead. */
  readonly clientToken?: string | undefined;
}

/** How a payment stands at the provider, whoever asks and whenever. */
export type ProviderPaymentState =
  /** It is known there, and nobody has asked for the money. */
  | 'OPEN'
  | 'ACTION_REQUIRED'
  /** It will tell. */
  | 'PROCESSING'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'DECLINED'
  | 'CANCELLED'
  | 'FAILED';

export interface ProviderPayment {
  readonly kind: 'PAYMENT';
  readonly reference: string;
  readonly paymentId: string;
  readonly state: ProviderPaymentState;
  /** In our minor units, like all amounts here. */
  readonly amount: number;
  readonly captured: number;
  readonly currency: string;
  readonly nextAction?: NextAction | undefined;
  readonly reason?: string | undefined;
}

export interface ProviderRefund {
  readonly kind: 'REFUND';
  readonly reference: string;
  /** Absent for one that was made at the provider, without us. */
  readonly refundId: string | undefined;
  readonly state: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly amount: number;
  readonly currency: string;
  readonly reason?: string | undefined;
}

export interface ProviderPayout {
  readonly kind: 'PAYOUT';
  readonly reference: string;
  readonly payoutId: string;
  readonly state: 'IN_TRANSIT' | 'SUCCEEDED' | 'FAILED';
  readonly amount: number;
  readonly currency: string;
  readonly reason?: string | undefined;
}

export interface PaymentRequest {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: string;
}

export interface RefundRequest {
  readonly refundId: string;
  /** The provider's reference of the payment. */
  readonly payment: string;
  readonly amount: number;
  readonly currency: string;
}

export interface PayoutRequest {
  readonly payoutId: string;
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
}

/**
 * Moves money. Every call is over the network, so none is made in a transaction; and each may be repeated, because what
 * it does is known by our ids: the second time it answers what became of the first.
 *
 * @throws ProviderUnavailable when nobody knows whether it happened: ask again later
 * @throws ProviderRefusal when it did not happen, and will not
 */
export interface PaymentProvider {
  readonly name: ProviderName;
  /** What amounts of this currency have to be multiples of. */
  smallestStep(currency: string): number;
  /** Makes a payment known there. Moves nothing, so that we have its reference before anything can happen to it. */
  open(request: PaymentRequest): Promise<ProviderPayment>;
  /** Asks for the money to be reserved. */
  authorize(reference: string, request: PaymentRequest): Promise<ProviderPayment>;
  capture(reference: string, request: PaymentRequest): Promise<ProviderPayment>;
  cancel(reference: string, request: PaymentRequest): Promise<ProviderPayment>;
  find(reference: string): Promise<ProviderPayment>;
  refund(request: RefundRequest): Promise<ProviderRefund>;
  /** What became of a refund; `undefined` when it never got there. */
  findRefund(request: RefundRequest): Promise<ProviderRefund | undefined>;
  pay(request: PayoutRequest): Promise<ProviderPayout>;
  findPayout(request: PayoutRequest): Promise<ProviderPayout | undefined>;
}

/** There was no answer, or none that says what happened. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** It said no, for good. The message is fit for people to read. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';
}
