import { permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { changePlan, type PlanChange } from '../plan/change-plan.ts';
import type { User } from '../user/user.entity.ts';
import { mayChangePlans } from './administration.policy.ts';
import { takeUser } from './take-user.ts';

/** Puts a user on another plan, or renews the one they are on. Until there is billing, this is how one gets a plan. */
export async function changeUserPlan(work: IdentityWork, input: PlanChange & { userId: string }): Promise<User> {
  permit(work.session, mayChangePlans(work.session));
  return elevated(work, async () => {
    const user = await takeUser(work, input.userId);
    await changePlan(work, user, input);
    return user;
  });
}
