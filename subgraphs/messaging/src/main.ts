import { runSubgraph } from '@supergraph/subgraph-kit';
import { readEnvironment } from './environment.ts';
import { messaging } from './subgraph.ts';

await runSubgraph(messaging, readEnvironment());
