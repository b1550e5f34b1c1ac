import { conflict } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { PushSubscription } from './push-subscription.entity.ts';
import type { RegisterPushSubscriptionInput } from './push.inputs.ts';

const MAX_SUBSCRIPTIONS = 20;

/**
 * Adds one of the caller's browsers. A browser that was registered before, also by somebody else who signed in with it,
 * is the caller's from now on.
 */
export async function registerPushSubscription(
  work: MessagingWork,
  { endpoint, p256dh, auth, userAgent }: RegisterPushSubscriptionInput,
): Promise<PushSubscription> {
  const userId = work.session.requirePerson();
  // As the system, because the browser's former user may be another one. Whoever knows an endpoint holds the browser.
  return asSystem(work, async () => {
    await work.em.nativeDelete(PushSubscription, { endpoint, userId: { $ne: userId } });
    const known = await work.em.find(PushSubscription, { userId });
    const same = known.find((subscription) => subscription.endpoint === endpoint);
    if (same) return Object.assign(same, { p256dh, auth, userAgent: userAgent ?? null });
    if (known.length >= MAX_SUBSCRIPTIONS) throw conflict('Too many browsers are registered. Remove one first.');
    return work.em.create(PushSubscription, {
      id: work.newId(),
      userId,
      endpoint,
      p256dh,
      auth,
      userAgent: userAgent ?? null,
      createdAt: work.now(),
    });
  });
}
