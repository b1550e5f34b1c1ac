import type { EntityManager } from '@mikro-orm/postgresql';

/** Roles that change what a shop has and sends, unless the platform's staff has taken that from them. */
const WHO_CAN_ACT = ['OWNER', 'ADMIN', 'MANAGER', 'AGENT'];

const MEMBERS = `
select m.organization_id, r.user_id from recipient r join recipient_organization m on m.user_id = r.user_id
where m.organization_id = any(?::uuid[]) and m.member and m.role = any(?::text[]) and r.status = 'ACTIVE'
order by r.user_id`;

/** Those of each organization who can do something about what happens to its shops. */
export async function findShopPeople(
  em: EntityManager,
  organizationIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await em.execute<{ organization_id: string; user_id: string }[]>(MEMBERS, [
    `{${organizationIds.join()}}`,
    `{${WHO_CAN_ACT.join()}}`,
  ]);
  const people = Map.groupBy(rows, (row) => row.organization_id);
  return new Map([...people].map(([organizationId, members]) => [organizationId, members.map((row) => row.user_id)]));
}
