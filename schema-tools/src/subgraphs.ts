import { commerce } from '@supergraph/commerce';
import { identity } from '@supergraph/identity';
import { messaging } from '@supergraph/messaging';
import { platform } from '@supergraph/platform';
import { subgraphSdl } from '@supergraph/subgraph-kit';

/** What the code of every subgraph says its schema is, by the name it has in `supergraph.yaml`. */
export async function emitSubgraphs(): Promise<Map<string, string>> {
  const emitted = [
    ['commerce', await subgraphSdl(commerce)],
    ['identity', await subgraphSdl(identity)],
    ['messaging', await subgraphSdl(messaging)],
    ['platform', await subgraphSdl(platform)],
  ] as const;
  return new Map(emitted.map(([name, sdl]) => [name, `${sdl.trimEnd()}\n`]));
}
