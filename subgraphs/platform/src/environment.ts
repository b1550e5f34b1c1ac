import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

/** What platform reads from its environment. */
export const platformEnvironment = subgraphEnvironment.extend({
  /** As for every subgraph, but less: a few operators ask, and nothing runs in the background. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(3),
});

export type PlatformEnvironment = z.infer<typeof platformEnvironment>;

/** @throws Error naming every variable that is missing or wrong */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): PlatformEnvironment {
  return parseEnvironment(platformEnvironment, source);
}
