import { z } from 'zod';
import { rateLimit } from './rate-limit.setting.ts';

const perMinute = z.int().min(0);

/** How much a caller may ask for. A rate of 0 is no limit. */
export const rateSettings = {
  /** The Redis that several gateways count in together. Without it each counts for itself. */
  redisUrl: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Begins all keys in Redis. Graphs that share a Redis need different ones. */
  redisPrefix: z.string().default('supergraph:'),
  /** The longest an operation waits for Redis before its fields are counted in this gateway alone. */
  redisTimeoutMs: z.int().positive().default(50),

  /** Requests in a minute from one address by whoever is not signed in. Offices and mobile networks share one address. */
  requestsPerAddress: perMinute.default(1_200),
  /** Requests in a minute by one person, from everywhere. No person clicks twenty times in a second for a minute. */
  requestsPerPerson: perMinute.default(1_200),
  /** Requests in a minute with one API key: a machine at work, or a server that renders pages. */
  requestsPerKey: perMinute.default(6_000),
  /** Units of cost in a minute by one caller, whoever that is. */
  costPerMinute: perMinute.default(500_000),

  /**
   * Limits of fields and of operations, in the place of those that subgraphs declare: `{ "Mutation.login": "10/60/address" }`
   * for ten in a minute by address, `{ "operation:Search": "30/60" }` by caller, `{ "Query.user": "off" }` for none.
   */
  rateLimits: z
    .record(z.string().regex(/^(?:operation:\w+|\w+\.\w+)$/, 'is not Type.field or operation:Name'), rateLimit)
    .default({}),
  /** Counts that are kept in memory at most, of requests, of cost and of fields each. */
  rateLimitKeys: z.int().positive().default(50_000),
};

export type RateSettings = z.output<z.ZodObject<typeof rateSettings>>;
