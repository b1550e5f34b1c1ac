import { LockMode } from '@mikro-orm/postgresql';
import type { IdentityWork } from '../context.ts';
import { announceSubscription } from './change-plan.ts';
import { GRACE_MS, PlanSubscription } from './plan-subscription.entity.ts';
import { SubscriptionStatus } from './subscription-status.ts';

/** In one transaction; the rest waits for the next run. */
const BATCH = 500;

/**
 * Sees to periods that are over: what was cancelled ends, what nobody renewed falls due, and ends after a grace of 14
 * days.
 */
export async function endDueSubscriptions(work: IdentityWork): Promise<void> {
  const now = work.now();
  await work.transaction(async () => {
    const due = await work.em.find(
      PlanSubscription,
      {
        $or: [
          { status: SubscriptionStatus.ACTIVE, currentPeriodEnd: { $lte: now } },
          { status: SubscriptionStatus.PAST_DUE, currentPeriodEnd: { $lte: new Date(now.getTime() - GRACE_MS) } },
        ],
      },
      // Two runs at once share the work instead of waiting for each other.
      { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, limit: BATCH, orderBy: { currentPeriodEnd: 'asc' } },
    );
    for (const subscription of due) {
      const ends = subscription.cancelAtPeriodEnd || subscription.status === SubscriptionStatus.PAST_DUE;
      if (ends) subscription.cancel(now);
      else subscription.fallDue(now);
      announceSubscription(work, subscription);
    }
  });
}
