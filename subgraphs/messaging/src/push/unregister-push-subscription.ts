import { isIdentifier, notFound } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { PushSubscription } from './push-subscription.entity.ts';
import type { UnregisterPushSubscriptionInput } from './push.inputs.ts';

/** Removes one of the caller's browsers. Returns it as it was. */
export async function unregisterPushSubscription(
  work: MessagingWork,
  { id }: UnregisterPushSubscriptionInput,
): Promise<PushSubscription> {
  const userId = work.session.requirePerson();
  const subscription = isIdentifier(id) ? await work.em.findOne(PushSubscription, { id, userId }) : null;
  if (!subscription) throw notFound('Push subscription');
  work.em.remove(subscription);
  return subscription;
}
