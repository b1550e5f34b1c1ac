import { loadOne, type Reader, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { mayReadPrivateFields } from '../user/user.policy.ts';
import { Plan } from './plan.entity.ts';
import type { PlanName } from './plan-name.ts';
import { PlanSubscription } from './plan-subscription.entity.ts';
import { SubscriptionStatus } from './subscription-status.ts';

/** Plans by name. */
export function createPlanLoader({ em }: Reader): DataLoader<PlanName, Plan> {
  return new DataLoader(async (names) => {
    const plans = new Map((await em.find(Plan, {})).map((plan) => [plan.name, plan]));
    return names.map((name) => plans.get(name) ?? new Error(`There is no plan ${name}.`));
  });
}

/**
 * The subscription users have at present, by user; `null` on FREE. Past row-level security: whoever uses it has checked
 * `mayReadPrivateFields`.
 */
export function createLiveSubscriptionLoader({ em }: Reader): DataLoader<string, PlanSubscription | null> {
  const where = { status: { $ne: SubscriptionStatus.CANCELLED } };
  const loader = loadOne(em, PlanSubscription, { by: 'userId', where });
  return new DataLoader((ids) => withRowScope(Session.system(), () => loader.loadMany(ids)));
}

/** Subscriptions by id: one's own, and for support anybody's. */
export function createSubscriptionLoader({ em, session }: Reader): DataLoader<string, PlanSubscription | null> {
  const loader = loadOne(em, PlanSubscription);
  return new DataLoader(async (ids) => {
    const found = await withRowScope(Session.system(), () => loader.loadMany(ids));
    return found.map((row) =>
      row instanceof PlanSubscription && !mayReadPrivateFields(session, { id: row.userId }) ? null : row,
    );
  });
}
