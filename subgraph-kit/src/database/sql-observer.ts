import type { Pool, PoolClient } from 'pg';

/** Is told of every statement that leaves for the database, except those that only set whose rows may be seen. */
export type SqlObserver = (statement: string) => void;

/** Watches a pool. One place for what the metrics count and what tests hold constant. */
export function observeSql(pool: Pool, observe: SqlObserver): void {
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    const watched = (...input: unknown[]): unknown => {
      const statement = typeof input[0] === 'string' ? input[0] : (input[0] as { text?: string }).text;
      if (statement && !statement.startsWith('select set_config(')) observe(statement);
      return query(...input);
    };
    client.query = watched as typeof client.query;
  });
}
