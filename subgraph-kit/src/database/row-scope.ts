import { AsyncLocalStorage } from 'node:async_hooks';
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
const told = new WeakMap<object, string>();

export function withRowScope<Result>(session: Session, run: () => Result): Result {
  return scopes.run(scopeOf(session), run);
}

function scopeOf(session: Session): string {
  return JSON.stringify([session.userId ?? '', session.organizationId ?? '', session.isSystem ? 'on' : '']);
}

interface ScopedConnection {
  executeQuery(query: { sql: string; parameters: readonly string[] }): Promise<unknown>;
}

/** Runs whenever the ORM takes a connection from its pool, before its first statement. */
export async function applyRowScope(connection: unknown): Promise<void> {
  const scope = scopes.getStore() ?? NOBODY;
  const target = connection as ScopedConnection;
  if (told.get(target) === scope) return;
  // Forget first: if this fails half-way, the next one must not trust it.
  told.delete(target);
  await target.executeQuery({ sql: SET, parameters: JSON.parse(scope) as string[] });
  told.set(target, scope);
}
