import { isIdentifier, loadOne, type Reader, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { Organization } from './organization.entity.ts';

/** Organizations by id. The database shows everybody those they belong to, and nobody a deleted one. */
export function createOrganizationLoader({ em }: Reader): DataLoader<string, Organization | null> {
  return loadOne(em, Organization, { where: { deletedAt: null } });
}

/**
 * The organizations users belong to, the personal one first, then by name. Past row-level security, for a person who is
 * just signing in and for support: whoever uses it has checked `mayReadPrivateFields`.
 */
export function createOrganizationsOfUserLoader({ em }: Reader): DataLoader<string, Organization[]> {
  return new DataLoader(async (userIds) => {
    const rows = await withRowScope(Session.system(), () =>
      em.execute<{ member_id: string }[]>(
        `select membership.user_id as member_id, organization.*
         from membership join organization on organization.id = membership.organization_id
         where membership.user_id = any(?::uuid[]) and organization.deleted_at is null
         order by organization.personal_to is null, lower(organization.name), organization.id`,
        [arrayOf(userIds)],
      ),
    );
    const organizations = Map.groupBy(rows, (row) => row.member_id);
    return userIds.map((userId) =>
      (organizations.get(userId) ?? []).map(({ member_id, ...columns }) => em.map(Organization, columns)),
    );
  });
}

/**
 * Names of organizations, past row-level security: for somebody who holds an invitation to one. Whoever uses it has
 * checked that the caller may know of that organization.
 */
export function createOrganizationNameLoader({ em }: Reader): DataLoader<string, string> {
  return new DataLoader(async (ids) => {
    const rows = await withRowScope(Session.system(), () =>
      em.execute<{ id: string; name: string }[]>('select id, name from organization where id = any(?::uuid[])', [
        arrayOf(ids),
      ]),
    );
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return ids.map((id) => names.get(id) ?? '');
  });
}

/** As PostgreSQL writes arrays: the ORM would spread one over several placeholders. */
function arrayOf(ids: readonly string[]): string {
  return `{${ids.filter(isIdentifier).join(',')}}`;
}
