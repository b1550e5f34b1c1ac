import type { ClientBase } from 'pg';
import { roleOf } from './role.ts';

/**
 * Makes the roles of the bus and of these subgraphs, unless they are there.
 *
 * Roles belong to the whole server and PostgreSQL has no lock across its databases, so another database's migration may
 * do the same at the same time: whoever comes second finds it done.
 */
export async function ensureRoles(admin: ClientBase, subgraphs: readonly string[]): Promise<void> {
  const bus = roleOf('bus');
  for (const role of [bus, ...subgraphs.map(roleOf)]) await unlessDone(admin, `create role ${role} nologin`);
  for (const role of subgraphs.map(roleOf)) {
    await unlessDone(admin, `if not pg_has_role('${role}', '${bus}', 'member') then grant ${bus} to ${role}; end if`);
    // So that whoever migrates need not be a superuser to hand over what it creates.
    await unlessDone(admin, `grant ${role} to current_user`);
  }
}

async function unlessDone(admin: ClientBase, statement: string): Promise<void> {
  await admin.query(`do $$ begin ${statement}; exception when duplicate_object or unique_violation then null; end $$`);
}
