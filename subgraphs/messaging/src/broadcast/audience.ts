import type { EntityManager } from '@mikro-orm/postgresql';
import { type Broadcast, BroadcastAudience } from './broadcast.entity.ts';

type Audience = Pick<Broadcast, 'audience' | 'organizationId' | 'role'>;

/** The condition and its values for an audience; `r` is the recipient. */
function membersOf({ audience, organizationId, role }: Audience): { sql: string; values: unknown[] } {
  if (audience === BroadcastAudience.ALL) return { sql: `r.status = 'ACTIVE'`, values: [] };
  const sql = `r.status = 'ACTIVE' and exists (
    select from recipient_organization m
    where m.user_id = r.user_id and m.organization_id = ? and m.member and (?::text is null or m.role = ?))`;
  return { sql, values: [organizationId, role ?? null, role ?? null] };
}

export async function countAudience(em: EntityManager, audience: Audience): Promise<number> {
  const { sql, values } = membersOf(audience);
  const [row] = await em.execute<{ total: number }[]>(
    `select count(*)::integer as total from recipient r where ${sql}`,
    values as never[],
  );
  return row!.total;
}

/** The next people after the one that was done last, in the order of their ids. */
export async function nextOfAudience(
  em: EntityManager,
  broadcast: Audience & Pick<Broadcast, 'lastUserId'>,
  size: number,
): Promise<string[]> {
  const { sql, values } = membersOf(broadcast);
  const rows = await em.execute<{ user_id: string }[]>(
    `select r.user_id from recipient r
     where (?::uuid is null or r.user_id > ?::uuid) and ${sql}
     order by r.user_id limit ?`,
    [broadcast.lastUserId ?? null, broadcast.lastUserId ?? null, ...values, size] as never[],
  );
  return rows.map((row) => row.user_id);
}
