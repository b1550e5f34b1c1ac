import { CONNECTIONS_BESIDE_POOL } from '@supergraph/subgraph-kit';
import pg from 'pg';

/** The share of a server's connections that this process takes: the rest is for operators, migrations and others. */
const SHARE = 0.75;

/** More than this a subgraph has no use for: its process has one thread. */
const LARGEST_POOL = 10;

/** With less, whoever holds one connection and needs another would wait for itself. */
const SMALLEST_POOL = 2;

/**
 * Divides connections among as many subgraphs: the size of the pool of each.
 *
 * @param budget how many they may open altogether
 * @throws when that is not enough for the smallest pools
 */
export function poolSizeWithin(budget: number, subgraphs: number): number {
  const size = Math.floor(budget / subgraphs) - CONNECTIONS_BESIDE_POOL;
  if (size < SMALLEST_POOL) {
    const needed = subgraphs * (SMALLEST_POOL + CONNECTIONS_BESIDE_POOL);
    throw new Error(
      `${subgraphs} subgraphs in one process need ${needed} database connections, and ${budget} are allowed`,
    );
  }
  return Math.min(size, LARGEST_POOL);
}

/** How many connections we may open on this server when nobody has said so. */
export async function connectionBudget(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ allowed: number }>(
      `select current_setting('max_connections')::int as allowed`,
    );
    return Math.floor(rows[0]!.allowed * SHARE);
  } finally {
    await client.end();
  }
}
