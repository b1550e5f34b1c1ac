import type { Kernel } from '@supergraph/subgraph-kit';
import type { CommerceEnvironment } from './environment.ts';
import type { CommerceEvents } from './events.ts';
import { PaymentProviders } from './payment/payment.providers.ts';
import { RefusalTally } from './payment/refusal.tally.ts';
import { StripeClient } from './payment/stripe.client.ts';
import { StripePaymentProvider } from './payment/stripe-payment.provider.ts';
import { TestPaymentProvider } from './payment/test-payment.provider.ts';

/** What is built once, at start. */
export interface CommerceServices {
  /** Of what a new shop sells, in hundredths of a percent. */
  readonly commissionRate: number;
  /** How long whoever repeats a checkout waits for its answer, in milliseconds. */
  readonly checkoutPatienceMs: number;
  readonly paymentProviders: PaymentProviders;
  readonly refusalTally: RefusalTally;
  /** Absent where Stripe is not set up. */
  readonly stripeWebhookSecret: string | undefined;
}

type CommerceKernel = Kernel<CommerceEnvironment, CommerceServices, CommerceEvents>;

export function createServices(kernel: CommerceKernel): CommerceServices {
  const { environment } = kernel;
  return {
    commissionRate: environment.COMMISSION_RATE,
    checkoutPatienceMs: environment.CHECKOUT_PATIENCE_MS,
    paymentProviders: createPaymentProviders(kernel),
    refusalTally: new RefusalTally(),
    stripeWebhookSecret: environment.STRIPE_WEBHOOK_SECRET,
  };
}

function createPaymentProviders({ environment, asSystem, log }: CommerceKernel): PaymentProviders {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: url, PAYMENT_TIMEOUT_MS: timeoutMs } = environment;
  const builtIn = new TestPaymentProvider(asSystem);
  if (secretKey) {
    const stripe = new StripePaymentProvider(new StripeClient({ url, secretKey, timeoutMs }));
    return new PaymentProviders(stripe, [builtIn]);
  }
  log.info('no STRIPE_SECRET_KEY: payments go through the test provider');
  return new PaymentProviders(builtIn, []);
}
