import type { Pool, PoolClient } from 'pg';

/** Thrown by a commit that committed nothing. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost';

  constructor() {
    super('A statement of this transaction had failed, and nothing of it was committed.');
  }
}

/**
 * PostgreSQL answers the commit of a transaction in which a statement failed with a rollback, and calls that a success:
 * code that caught the failure and went on would announce what never became true.
 */
export function refuseLostTransactions(pool: Pool): void {
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client) as (...input: unknown[]) => unknown;
    const checked = (...input: unknown[]): unknown => {
      const answer = query(...input);
      return input[0] === 'commit' ? committed(answer as Promise<{ command: string }>) : answer;
    };
    client.query = checked as typeof client.query;
  });
}

async function committed(answer: Promise<{ command: string }>): Promise<{ command: string }> {
  const result = await answer;
  if (result.command === 'ROLLBACK') throw new TransactionLost();
  return result;
}
