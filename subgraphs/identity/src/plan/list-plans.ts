import type { IdentityWork } from '../context.ts';
import { Plan } from './plan.entity.ts';

/** All plans, from least to most. For everybody, signed in or not: a price list is no secret. */
export async function listPlans(work: IdentityWork): Promise<Plan[]> {
  return work.em.find(Plan, {}, { orderBy: { rank: 'asc' } });
}
