import { runSubgraph } from '@supergraph/subgraph-kit';
import { readEnvironment } from './environment.ts';
import { identity } from './subgraph.ts';

await runSubgraph(identity, readEnvironment());
