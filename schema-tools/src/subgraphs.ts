import { identity } from '@supergraph/identity';
import { messaging } from '@supergraph/messaging';
import { subgraphSdl } from '@supergraph/subgraph-kit';

/** What the code of every subgraph says its schema is, by the name it has in `supergraph.yaml`. */
export async function emitSubgraphs(): Promise<Map<string, string>> {
  const emitted = [
    ['identity', await subgraphSdl(identity)],
    ['messaging', await subgraphSdl(messaging)],
  ] as const;
  return new Map(emitted.map(([name, sdl]) => [name, `${sdl.trimEnd()}\n`]));
}
