import { createHash } from 'node:crypto';
import type { PostRoute } from '@supergraph/subgraph-kit';
import { z } from 'zod';
import type { CommerceEvents } from '../events.ts';
import type { CommerceServices } from '../services.ts';
import { receiveProviderEvent } from './receive-provider-event.ts';
import { type StripeObject, subjectOfStripe } from './stripe.objects.ts';
import { verifyStripeSignature } from './stripe.signature.ts';

const envelope = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
});

/** As much of an object as has to be right before we look into it. */
const object = z.looseObject({
  id: z.string().min(1).max(255),
  amount: z.int().nonnegative(),
  currency: z.string().length(3),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const WATCHED = ['payment_intent', 'refund', 'transfer'];

/** What Stripe tells us. Only what it has signed, in the last minutes, and each event once. */
export const stripeWebhook: PostRoute<CommerceServices, CommerceEvents> = {
  post: async ({ headers, body, services, now, asSystem }) => {
    const secret = services.stripeWebhookSecret;
    if (!secret) return answer(404, 'Stripe is not set up.');
    const header = headers['stripe-signature'];
    const verdict = verifyStripeSignature(secret, typeof header === 'string' ? header : undefined, body, now);
    if (verdict !== 'VALID') {
      await asSystem((work) => services.refusalTally.count(work, 'STRIPE', verdict));
      return answer(400, 'The signature is missing, wrong or too old.');
    }
    const event = read(body);
    if (!event) return answer(400, 'This is no event.');
    const { id, type: kind, payloadHash, subject } = event;
    const received = { provider: 'STRIPE', id, kind, payloadHash, subject } as const;
    const reception = await asSystem((work) => receiveProviderEvent(work, received));
    return reception === 'REFUSED' ? answer(409, 'Another event has this id.') : answer(200, reception);
  },
};

function read(body: Buffer) {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const { success, data } = envelope.safeParse(json);
  if (!success) return undefined;
  const { id, type } = data;
  // Not of the whole: a second delivery says that fewer are waiting, and is the same event.
  const payloadHash = createHash('sha256')
    .update(JSON.stringify([type, data.data.object]))
    .digest();
  if (!WATCHED.includes(data.data.object.object)) return { id, type, payloadHash, subject: undefined };
  const about = object.safeParse(data.data.object);
  if (!about.success) return undefined;
  const whole = { ...about.data, metadata: about.data.metadata ?? {} };
  return { id, type, payloadHash, subject: subjectOfStripe(whole as unknown as StripeObject) };
}

const answer = (status: number, message: string) => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify({ message }),
});
