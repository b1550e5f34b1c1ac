import { fileURLToPath } from 'node:url';
import { defineSubgraph } from '@supergraph/subgraph-kit';
import { createLoaders, type PlatformServices } from './context.ts';
import { DeadLetterAction } from './dead-letter/dead-letter-action.entity.ts';
import { DeadLetterActionResolver } from './dead-letter/dead-letter-action.resolver.ts';
import { DeadLetterDecisionResolver } from './dead-letter/dead-letter-decision.resolver.ts';
import { DeadLetter } from './dead-letter/dead-letter.entity.ts';
import { DeadLetterResolver } from './dead-letter/dead-letter.resolver.ts';
import type { PlatformEnvironment } from './environment.ts';
import { platformEventVersions, type PlatformEvents } from './events.ts';
import { useCases } from './use-cases.ts';

/** Platform: what those who run the product need to see and to do. */
export const platform = defineSubgraph<
  PlatformEnvironment,
  PlatformServices,
  PlatformEvents,
  ReturnType<typeof createLoaders>,
  typeof useCases
>({
  name: 'platform',
  entities: [DeadLetter, DeadLetterAction],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [DeadLetterResolver, DeadLetterActionResolver, DeadLetterDecisionResolver],
  references: { DeadLetter: ({ loaders }) => loaders.deadLetterById },
  events: platformEventVersions,
  loaders: createLoaders,
  useCases,
  services: () => ({}),
});
