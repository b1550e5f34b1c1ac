import { runSubgraph } from '@supergraph/subgraph-kit';
import { readEnvironment } from './environment.ts';
import { commerce } from './subgraph.ts';

await runSubgraph(commerce, readEnvironment());
