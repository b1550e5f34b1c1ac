import { LockMode } from '@mikro-orm/postgresql';
import { badUserInput } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import type { User } from '../user/user.entity.ts';
import { PlanName } from './plan-name.ts';
import { PlanSubscription } from './plan-subscription.entity.ts';
import { SubscriptionStatus } from './subscription-status.ts';

const MONTH_MS = 30 * 24 * 60 * 60_000;
const LONGEST_PERIOD_MS = 366 * 24 * 60 * 60_000;

export interface PlanChange {
  readonly plan: PlanName;
  /** Until when it is paid for; a month unless told. */
  readonly currentPeriodEnd?: Date | null;
}

/**
 * Puts a user on a plan at once, or renews the one they are on. What they have beyond a smaller plan's limits they keep;
 * they only get no more of it. Needs elevation and the lock of the user.
 */
export async function changePlan(
  work: IdentityWork,
  user: User,
  { plan, currentPeriodEnd }: PlanChange,
): Promise<PlanSubscription | null> {
  const now = work.now();
  const until = periodEnd(currentPeriodEnd, now);
  const current = await findLiveSubscription(work, user.id);
  if (current?.plan === plan) {
    current.renew(until, now);
    announceSubscription(work, current);
    return current;
  }
  if (current) {
    current.cancel(now);
    // Only one can be live at any time, and the ORM would insert the new one first.
    await work.em.flush();
  }
  if (plan === PlanName.FREE) {
    if (current) announceSubscription(work, current);
    return null;
  }
  const subscription = work.em.create(PlanSubscription, {
    id: work.newId(),
    userId: user.id,
    plan,
    status: SubscriptionStatus.ACTIVE,
    currentPeriodEnd: until,
    cancelAtPeriodEnd: false,
    startedAt: now,
    updatedAt: now,
  } as PlanSubscription);
  announceSubscription(work, subscription);
  return subscription;
}

/** Locked, until the end of the transaction. `null` on FREE. */
export async function findLiveSubscription(work: IdentityWork, userId: string): Promise<PlanSubscription | null> {
  return work.em.findOne(
    PlanSubscription,
    { userId, status: { $ne: SubscriptionStatus.CANCELLED } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** What counts from now on: a subscription that has ended leaves its user on FREE. */
export function announceSubscription(work: IdentityWork, { userId, plan, status }: PlanSubscription): void {
  const current = status === SubscriptionStatus.CANCELLED ? PlanName.FREE : plan;
  work.publish('subscription.changed', { userId, plan: current, status });
}

function periodEnd(given: Date | null | undefined, now: Date): Date {
  const end = given ?? new Date(now.getTime() + MONTH_MS);
  const length = end.getTime() - now.getTime();
  if (length <= 0 || length > LONGEST_PERIOD_MS) {
    throw badUserInput([{ path: 'input.currentPeriodEnd', message: 'Choose a time within the next year.' }]);
  }
  return end;
}
