import type { GraphContext, Reader, Work } from '@supergraph/subgraph-kit';
import type { IdentityEvents } from './events.ts';
import type { IdentityServices } from './services.ts';
import { createUserLoader } from './user/user.loaders.ts';
import type { useCases } from './use-cases.ts';

export type IdentityWork = Work<IdentityServices, IdentityEvents>;
export type IdentityContext = GraphContext<IdentityLoaders, typeof useCases>;
export type IdentityLoaders = ReturnType<typeof createLoaders>;

/** All that a resolver may read by, in batches of one request. */
export function createLoaders(reader: Reader<IdentityServices>) {
  return {
    userById: createUserLoader(reader),
  };
}
