import type { RequestContext } from '../request-context.ts';
import { callerOf } from './caller.ts';
import type { Counts } from './counts.ts';
import { Limit } from './limit.ts';
import type { RateMetrics } from './rate.metrics.ts';
import { rateRefusal } from './rate.refusal.ts';

const MINUTE = 60;

/** What a caller's operations may cost together in a minute. */
export class CostBudget {
  readonly #limit: Limit | undefined;
  readonly #counts: Counts;
  readonly #metrics: RateMetrics;

  /** @param unitsPerMinute 0 for no limit */
  constructor(unitsPerMinute: number, counts: Counts, metrics: RateMetrics) {
    this.#limit = unitsPerMinute === 0 ? undefined : new Limit('cost', unitsPerMinute, MINUTE);
    this.#counts = counts;
    this.#metrics = metrics;
  }

  /** Spends what an operation costs, all or nothing. Throws `RATE_LIMITED` when the caller does not have so much left. */
  spend(context: RequestContext, units: number): void {
    const limit = this.#limit;
    if (!limit || units <= 0) return;
    const key = limit.keyOf(callerOf(context).id);
    const shortage = this.#counts.takeHere({ limit, key, units: Math.ceil(units) });
    if (shortage) throw rateRefusal(shortage, 'The operations of this minute cost too much together', this.#metrics);
  }
}
