import { z } from 'zod';

/** What operators get to know of operations. */
export const observationSettings = {
  /** Where traces go, and of which part of the requests there are any. Without it nothing is traced. */
  tracing: z.object({ endpoint: z.url(), ratio: z.number().min(0).max(1) }).optional(),
  /** An operation that takes as long is told of in the log. In milliseconds. */
  slowOperationMs: z.int().positive().default(1_000),
  /** How many names of operations metrics tell apart; the others are one. */
  maxOperationNames: z.int().positive().default(100),
  /** Names of operations that metrics tell apart in any case. */
  knownOperationNames: z.array(z.string()).default([]),
  /** Where metrics are, beside the graph; 0 takes any free port. Without it they are on the graph's port. */
  metricsPort: z.int().min(0).max(65_535).optional(),
  /** Which address that port is on. */
  metricsHost: z.string().default('127.0.0.1'),
  /** What a scraper has to send as its bearer token, on either port. */
  metricsToken: z
    .string()
    .regex(/^\S{16,}$/, 'must have at least 16 characters and no spaces')
    .optional(),
};
