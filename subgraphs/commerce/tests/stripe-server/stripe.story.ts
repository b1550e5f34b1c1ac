import { startCommerce } from '../story.ts';
import { SECRET_KEY, StripeServer, WEBHOOK_SECRET } from './stripe.server.ts';

/** Commerce with a Stripe of its own, whose events reach it. */
export async function startWithStripe() {
  const stripe = new StripeServer();
  const url = await stripe.start();
  const graph = await startCommerce({
    environment: {
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: url,
      PAYMENT_TIMEOUT_MS: 400,
    },
  });
  stripe.now = () => graph.clock.now();
  const webhookUrl = new URL('/webhooks/stripe', graph.running.url).href;
  return {
    graph,
    stripe,
    /** Has events delivered from now on. */
    listen: () => {
      stripe.webhookUrl = webhookUrl;
    },
    /** Back to how it was. */
    calm: () => {
      stripe.webhookUrl = undefined;
      Object.assign(stripe.knobs, {
        ...{ delayMs: 0, loseAnswers: undefined, failWith: undefined, deliveries: 1, eventsFirst: false },
      });
      stripe.calls.length = 0;
    },
    stop: async () => {
      await stripe.stop();
      await graph.stop();
    },
  };
}
