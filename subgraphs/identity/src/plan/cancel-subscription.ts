import { notFound } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { announceSubscription, findLiveSubscription } from './change-plan.ts';
import type { PlanSubscription } from './plan-subscription.entity.ts';

/** Goes back to FREE when what is paid for is over. */
export async function cancelMySubscription(work: IdentityWork): Promise<PlanSubscription> {
  return changeOwn(work, (subscription) => subscription.cancelAtEnd(work.now()));
}

/** Takes a cancellation back, as long as the period runs. */
export async function resumeMySubscription(work: IdentityWork): Promise<PlanSubscription> {
  return changeOwn(work, (subscription) => subscription.resume(work.now()));
}

async function changeOwn(
  work: IdentityWork,
  change: (subscription: PlanSubscription) => void,
): Promise<PlanSubscription> {
  const { userId } = await requireOwnSession(work);
  return work.transaction(async () => {
    const subscription = await findLiveSubscription(work, userId);
    if (!subscription) throw notFound('Subscription');
    change(subscription);
    announceSubscription(work, subscription);
    return subscription;
  });
}
