import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { SubgraphMetrics } from './subgraph.metrics.ts';

it('every metric of a subgraph is documented, and nothing else is', async () => {
  const text = await new SubgraphMetrics('orders').registry.metrics();
  const offered = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!);
  const documents = readFileSync('docs/OPERATIONS.md', 'utf8');
  const documented = [...documents.matchAll(/^\| `(subgraph_\w+)`/gm)].map(([, name]) => name!);
  expect(documented.toSorted()).toEqual(offered.toSorted());
});
