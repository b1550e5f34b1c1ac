import type { RequestContext } from '../request-context.ts';

/** What each caller may spend over time. */
export interface CostBudget {
  /** Takes so many units from what the caller has left. Throws a `Refusal` with `RATE_LIMITED` when that is less. */
  spend(caller: RequestContext, units: number): void | Promise<void>;
}
