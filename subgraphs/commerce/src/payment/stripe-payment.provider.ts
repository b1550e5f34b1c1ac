import {
  type PaymentProvider,
  type PaymentRequest,
  type PayoutRequest,
  type ProviderPayment,
  type ProviderPayout,
  type ProviderRefund,
  ProviderRefusal,
  type RefundRequest,
} from './payment.provider.ts';
import { type StripeClient, StripeRefusal } from './stripe.client.ts';
import { stepAtStripe, toStripe } from './stripe.currency.ts';
import {
  paymentOfIntent,
  payoutOfTransfer,
  refundOfStripe,
  type StripeIntent,
  type StripeRefund,
  type StripeTransfer,
} from './stripe.objects.ts';

/**
 * Stripe: PaymentIntents that are captured by us, refunds, and transfers to the shops' connected accounts.
 *
 * Everything carries our id in its metadata, so that events find it even before we know theirs, and is asked for under an
 * idempotency key made of it. Stripe forgets those after a day; what became of something is then asked, not repeated.
 */
export class StripePaymentProvider implements PaymentProvider {
  readonly name = 'STRIPE';

  constructor(private readonly client: StripeClient) {}

  smallestStep(currency: string): number {
    return stepAtStripe(currency);
  }

  async open({ paymentId, orderId, amount, currency, method }: PaymentRequest): Promise<ProviderPayment> {
    const fields = {
      amount: toStripe(amount, currency),
      currency: currency.toLowerCase(),
      payment_method: method,
      'payment_method_types[0]': 'card',
      capture_method: 'manual',
      'metadata[payment_id]': paymentId,
      'metadata[order_id]': orderId,
    };
    return this.intent(() => this.client.post('/v1/payment_intents', fields, `${paymentId}:open`));
  }

  authorize(reference: string, { paymentId, method }: PaymentRequest): Promise<ProviderPayment> {
    const fields = { payment_method: method };
    return this.intent(() => this.client.post(pathOf(reference, '/confirm'), fields, `${paymentId}:authorize`));
  }

  capture(reference: string, { paymentId }: PaymentRequest): Promise<ProviderPayment> {
    return this.intent(() => this.client.post(pathOf(reference, '/capture'), {}, `${paymentId}:capture`));
  }

  cancel(reference: string, { paymentId }: PaymentRequest): Promise<ProviderPayment> {
    return this.intent(() => this.client.post(pathOf(reference, '/cancel'), {}, `${paymentId}:cancel`));
  }

  find(reference: string): Promise<ProviderPayment> {
    return this.intent(() => this.client.get(pathOf(reference)));
  }

  async refund({ refundId, payment, amount, currency }: RefundRequest): Promise<ProviderRefund> {
    const fields = {
      payment_intent: payment,
      amount: toStripe(amount, currency),
      'metadata[refund_id]': refundId,
    };
    return refundOfStripe(await refused(() => this.client.post<StripeRefund>('/v1/refunds', fields, refundId)));
  }

  async findRefund({ refundId, payment }: RefundRequest): Promise<ProviderRefund | undefined> {
    for (let after = ''; ;) {
      const page = `/v1/refunds?limit=100&payment_intent=${encodeURIComponent(payment)}${after}`;
      const { data, has_more } = await refused(() => this.client.get<List<StripeRefund>>(page));
      const found = data.find(({ metadata }) => metadata['refund_id'] === refundId);
      if (found) return refundOfStripe(found);
      if (!has_more || data.length === 0) return undefined;
      after = `&starting_after=${encodeURIComponent(data.at(-1)!.id)}`;
    }
  }

  async pay({ payoutId, amount, currency, destination }: PayoutRequest): Promise<ProviderPayout> {
    const fields = {
      amount: toStripe(amount, currency),
      currency: currency.toLowerCase(),
      destination,
      transfer_group: payoutId,
      'metadata[payout_id]': payoutId,
    };
    return payoutOfTransfer(await refused(() => this.client.post<StripeTransfer>('/v1/transfers', fields, payoutId)));
  }

  async findPayout({ payoutId }: PayoutRequest): Promise<ProviderPayout | undefined> {
    const page = `/v1/transfers?limit=1&transfer_group=${payoutId}`;
    const { data } = await refused(() => this.client.get<List<StripeTransfer>>(page));
    return data[0] && payoutOfTransfer(data[0]);
  }

  /** A no that says how the payment stands is an answer: a declined card, or a step that was taken before. */
  private async intent(call: () => Promise<StripeIntent>): Promise<ProviderPayment> {
    try {
      return paymentOfIntent(await call());
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      const intent = error.intent as unknown as StripeIntent | undefined;
      if (!intent?.metadata) throw new ProviderRefusal(error.message, { cause: error });
      const payment = paymentOfIntent(intent);
      return payment.state === 'DECLINED' ? { ...payment, reason: error.message } : payment;
    }
  }
}

interface List<Item> {
  readonly data: readonly Item[];
  readonly has_more: boolean;
}

const pathOf = (reference: string, step = '') => `/v1/payment_intents/${encodeURIComponent(reference)}${step}`;

async function refused<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof StripeRefusal ? new ProviderRefusal(error.message, { cause: error }) : error;
  }
}
