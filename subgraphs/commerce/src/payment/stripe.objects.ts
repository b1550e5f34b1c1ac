import { isIdentifier } from '@supergraph/subgraph-kit';
import type { ProviderPayment, ProviderPaymentState, ProviderPayout, ProviderRefund } from './payment.provider.ts';
import { fromStripe } from './stripe.currency.ts';

type Metadata = Readonly<Record<string, string>>;

/** As much of Stripe's objects as we look at. */
export interface StripeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly status: string;
  readonly client_secret?: string;
  readonly metadata: Metadata;
  readonly next_action?: { readonly redirect_to_url?: { readonly url?: string } } | null;
  readonly last_payment_error?: { readonly message?: string } | null;
}

export interface StripeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly metadata: Metadata;
  readonly failure_reason?: string | null;
}

export interface StripeTransfer {
  readonly id: string;
  readonly object: 'transfer';
  readonly amount: number;
  readonly currency: string;
  readonly reversed: boolean;
  readonly metadata: Metadata;
}

export type StripeObject = StripeIntent | StripeRefund | StripeTransfer;

const INTENT_STATES: Readonly<Record<string, ProviderPaymentState>> = {
  requires_confirmation: 'OPEN',
  requires_action: 'ACTION_REQUIRED',
  processing: 'PROCESSING',
  requires_capture: 'AUTHORIZED',
  succeeded: 'CAPTURED',
  canceled: 'CANCELLED',
};

export function paymentOfIntent(intent: StripeIntent): ProviderPayment {
  const currency = intent.currency.toUpperCase();
  const wasTried = intent.status === 'requires_payment_method' && intent.last_payment_error;
  const state = wasTried ? 'DECLINED' : (INTENT_STATES[intent.status] ?? 'OPEN');
  const url = intent.next_action?.redirect_to_url?.url;
  return {
    kind: 'PAYMENT',
    reference: intent.id,
    paymentId: intent.metadata['payment_id'] ?? '',
    ...{ state, currency },
    amount: fromStripe(intent.amount, currency),
    captured: fromStripe(intent.amount_received, currency),
    ...(state === 'ACTION_REQUIRED' && { nextAction: { url, clientToken: intent.client_secret } }),
    ...(wasTried && { reason: intent.last_payment_error?.message }),
  };
}

export function refundOfStripe(refund: StripeRefund): ProviderRefund {
  const currency = refund.currency.toUpperCase();
  const refundId = refund.metadata['refund_id'];
  const failed = refund.status === 'failed' || refund.status === 'canceled';
  return {
    kind: 'REFUND',
    reference: refund.id,
    refundId: refundId && isIdentifier(refundId) ? refundId : undefined,
    state: refund.status === 'succeeded' ? 'SUCCEEDED' : failed ? 'FAILED' : 'PENDING',
    amount: fromStripe(refund.amount, currency),
    currency,
    ...(failed && { reason: `The money could not be given back: ${refund.failure_reason ?? refund.status}.` }),
  };
}

/** A transfer is with the shop's own account as soon as it is made. */
export function payoutOfTransfer(transfer: StripeTransfer): ProviderPayout {
  const currency = transfer.currency.toUpperCase();
  return {
    kind: 'PAYOUT',
    reference: transfer.id,
    payoutId: transfer.metadata['payout_id'] ?? '',
    state: transfer.reversed ? 'FAILED' : 'SUCCEEDED',
    amount: fromStripe(transfer.amount, currency),
    currency,
    ...(transfer.reversed && { reason: 'The transfer was reversed.' }),
  };
}

/** What of ours an object is about; `undefined` when it is none, or was made by somebody else with the same account. */
export function subjectOfStripe(object: StripeObject): ProviderPayment | ProviderRefund | ProviderPayout | undefined {
  const metadata = object.metadata ?? {};
  switch (object.object) {
    case 'payment_intent':
      return isIdentifier(metadata['payment_id'] ?? '') ? paymentOfIntent(object) : undefined;
    case 'refund':
      return refundOfStripe({ ...object, metadata });
    case 'transfer':
      return isIdentifier(metadata['payout_id'] ?? '') ? payoutOfTransfer(object) : undefined;
    default:
      return undefined;
  }
}
