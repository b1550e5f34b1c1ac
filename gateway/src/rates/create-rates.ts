import type { Clock, Logger } from '@supergraph/protocol';
import type { Registry } from 'prom-client';
import { CostBudget } from './cost.budget.ts';
import { Counts } from './counts.ts';
import { FieldLimits } from './field.limits.ts';
import { RateMetrics } from './rate.metrics.ts';
import type { RateSettings } from './rate.settings.ts';
import type { RedisCounts } from './redis.counts.ts';
import { RequestLimit } from './request.limit.ts';

export interface RatesParts {
  readonly settings: RateSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** All that limits how much a caller may ask for over time. */
export interface Rates {
  readonly requests: RequestLimit;
  readonly cost: CostBudget;
  readonly fields: FieldLimits;
  close(): Promise<void>;
}

/** Rates counted in Redis where there is one, in this process where there is none. Waits for Redis half a second. */
export async function createRates({ settings, clock, logger, metrics: registry }: RatesParts): Promise<Rates> {
  const metrics = new RateMetrics(registry);
  const redis = await connect(settings, logger);
  if (redis) metrics.watch(() => redis.isAway);
  // Each has its own room in memory: a crowd of callers must not make sign-ins forgotten.
  const counts = () => new Counts({ maxKeys: settings.rateLimitKeys, clock, redis, metrics });
  const [ofRequests, ofCost, ofFields] = [counts(), counts(), counts()];
  return {
    requests: new RequestLimit(settings, ofRequests, metrics),
    cost: new CostBudget(settings.costPerMinute, ofCost, metrics),
    fields: new FieldLimits({ overrides: settings.rateLimits, counts: ofFields, metrics, logger }),
    close: async () => {
      for (const each of [ofRequests, ofCost, ofFields]) each.close();
      await redis?.close();
    },
  };
}

async function connect(settings: RateSettings, log: Logger): Promise<RedisCounts | undefined> {
  const { redisUrl: url, redisPrefix, redisTimeoutMs: timeoutMs } = settings;
  if (!url) return undefined;
  // Only now: its client takes a tenth of a second to load, in every gateway that has no Redis too.
  const { RedisCounts } = await import('./redis.counts.ts');
  return RedisCounts.connect({ url, keyPrefix: `${redisPrefix}rate:`, timeoutMs, log });
}
