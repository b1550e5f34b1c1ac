import { runSubgraph } from '@supergraph/subgraph-kit';
import { readEnvironment } from './environment.ts';
import { platform } from './subgraph.ts';

await runSubgraph(platform, readEnvironment());
