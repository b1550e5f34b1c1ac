import { afterEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { newcomer } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const BUDGET = 40;

let graph: TestSupergraph | undefined;

afterEach(() => graph?.stop());

it('All subgraphs in one process open no more connections than their budget has, however much they are asked', async () => {
  const environment = { SUBGRAPH_TIMEOUT_MS: '30000' };
  graph = await startTestSupergraph({ databaseConnections: BUDGET, demoData: false, environment });
  const ada = await newcomer(graph.url, 'ada@example.com');
  const ask = () => ada.queryData('{ me { email organizations { id } notifications(first: 1) { totalCount } } }');
  await Promise.all(Array.from({ length: 60 }, ask));
  const client = new pg.Client({ connectionString: graph.database.url });
  await client.connect();
  const { rows } = await client.query<{ open: number }>(
    'select count(*)::int as open from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  expect(rows[0]!.open).toBeLessThanOrEqual(BUDGET);
  // Of each of the four subgraphs those that are always there, and more than one that answered.
  expect(rows[0]!.open).toBeGreaterThan(12);
}, 120_000);
