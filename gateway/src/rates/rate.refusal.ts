import { ErrorCode } from '@supergraph/protocol';
import { Refusal } from '../guard/refusal.ts';
import type { Shortage } from './limit.ts';
import type { RateMetrics } from './rate.metrics.ts';

/** What whoever wants too much is told. Counts the refusal. */
export function rateRefusal({ limit, waitMs }: Shortage, message: string, metrics: RateMetrics): Refusal {
  metrics.refused(limit.name);
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  return new Refusal(ErrorCode.RATE_LIMITED, message, {
    status: 429,
    extensions: { retryAfter, limit: limit.name },
    headers: { 'retry-after': String(retryAfter) },
  });
}
