import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';
import type { Session } from '../session/session.ts';

/**
 * Whose rows the current chain of calls may touch, as PostgreSQL's row-level security sees it.
 *
 * Policies read three settings: `supergraph.user_id`, `supergraph.organization_id` and `supergraph.system`. Where no
 * scope is open all are empty, and a policy lets nothing through.
 */
const scopes = new AsyncLocalStorage<string>();

const SET = `select set_config('supergraph.user_id', $1, false), set_config('supergraph.organization_id', $2, false), set_config('supergraph.system', $3, false)`;
const NOBODY = JSON.stringify(['', '', '']);

/** What each pooled connection was last told, so that it is told again only when that changes. */
const told = new WeakMap<PoolClient, string>();

/** Runs something with these rows in reach. A transaction keeps the scope it was begun in, whatever is opened inside. */
export function withRowScope<Result>(session: Session, run: () => Result): Result {
  return scopes.run(scopeOf(session), run);
}

function scopeOf(session: Session): string {
  // A machine gets at its organization's rows, never at those of whoever made its key.
  const userId = session.isMachine ? undefined : session.userId;
  return JSON.stringify([userId ?? '', session.organizationId ?? '', session.isSystem ? 'on' : '']);
}

/** Makes a pool hand out no connection before it knows whose rows it may touch. */
export function scopeConnections(pool: Pool): void {
  // Not through the ORM's hook for this: what fails there loses the connection to the pool for good.
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const connectScoped = async (): Promise<PoolClient> => {
    const scope = scopes.getStore() ?? NOBODY;
    const client = await connect();
    try {
      await tell(client, scope);
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  };
  pool.connect = connectScoped as typeof pool.connect;
}

async function tell(client: PoolClient, scope: string): Promise<void> {
  if (told.get(client) === scope) return;
  // Always outside of a transaction, whose rollback would take it back.
  await client.query(SET, JSON.parse(scope) as string[]);
  told.set(client, scope);
}
