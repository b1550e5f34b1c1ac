import type { Pool, PoolClient } from 'pg';

/** Told when a statement is done, with the error if there was one. */
export type StatementEnded = (error?: Error) => void;

/**
 * Is told of every statement that leaves for the database, except those that only set whose rows may be seen. May return
 * what is to be told of its end.
 */
export type SqlObserver = (statement: string) => StatementEnded | void;

/** Watches a pool. One place for what the metrics count, what traces tell and what tests hold constant. */
export function observeSql(pool: Pool, observe: SqlObserver): void {
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    const watched = (...input: unknown[]): unknown => {
      const statement = typeof input[0] === 'string' ? input[0] : (input[0] as { text?: string }).text;
      if (!statement || statement.startsWith('select set_config(')) return query(...input);
      const ended = observe(statement);
      const result = query(...input);
      // Beside whoever waits for the result, and who is told of the error all the same.
      if (ended && result instanceof Promise) result.then(() => ended(), ended);
      else ended?.();
      return result;
    };
    client.query = watched as typeof client.query;
  });
}
