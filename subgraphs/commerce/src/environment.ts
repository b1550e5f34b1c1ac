import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

/** What commerce reads from its environment. */
export const commerceEnvironment = subgraphEnvironment
  .extend({
    /** The platform's share of what a new shop sells, in hundredths of a percent. */
    COMMISSION_RATE: z.coerce.number().int().min(0).max(5_000).default(1_000),
    /** Without it payments go through the built-in test provider, which moves no money. */
    STRIPE_SECRET_KEY: z.string().min(8).optional(),
    /** What Stripe signs its events with. */
    STRIPE_WEBHOOK_SECRET: z.string().min(8).optional(),
    STRIPE_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.stripe.com'),
    /** For one call to a payment provider. */
    PAYMENT_TIMEOUT_MS: z.coerce.number().int().min(100).max(20_000).default(15_000),
    /** Whoever repeats a checkout that is being paid for right now waits this long for its answer: less than the gateway does. */
    CHECKOUT_PATIENCE_MS: z.coerce.number().int().min(0).max(60_000).default(2_000),
  })
  .refine((environment) => !environment.STRIPE_SECRET_KEY === !environment.STRIPE_WEBHOOK_SECRET, {
    path: ['STRIPE_WEBHOOK_SECRET'],
    message: 'must be given together with STRIPE_SECRET_KEY',
  });

export type CommerceEnvironment = z.infer<typeof commerceEnvironment>;

/** @throws Error naming every variable that is missing or wrong */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): CommerceEnvironment {
  return parseEnvironment(commerceEnvironment, source);
}
