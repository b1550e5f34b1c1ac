import type { GraphContext, Reader, Work } from '@supergraph/subgraph-kit';
import { createDeadLetterLoaders } from './dead-letter/dead-letter.loaders.ts';
import type { PlatformEvents } from './events.ts';
import type { useCases } from './use-cases.ts';

/** Platform needs nothing that is built once at start. */
export type PlatformServices = Readonly<Record<never, never>>;

export type PlatformWork = Work<PlatformServices, PlatformEvents>;

export type PlatformReader = Reader<PlatformServices>;

export type PlatformContext = GraphContext<ReturnType<typeof createLoaders>, typeof useCases>;

export function createLoaders(reader: PlatformReader) {
  return { ...createDeadLetterLoaders(reader) };
}
