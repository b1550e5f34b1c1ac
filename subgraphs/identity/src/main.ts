import { startSubgraph } from '@supergraph/subgraph-kit';
import { readEnvironment } from './environment.ts';
import { identity } from './subgraph.ts';

const running = await startSubgraph(identity, readEnvironment());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.stop());
