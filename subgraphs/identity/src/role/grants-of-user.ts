import type { EntityManager } from '@mikro-orm/postgresql';
import type { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';
import type { OrganizationRole } from './organization-role.ts';

/** What an access token says its bearer may do, and for whom they act. */
export interface TokenGrants {
  readonly organizationId?: string;
  readonly organizationRole?: OrganizationRole;
  /** Roles in the platform itself. */
  readonly roles: readonly string[];
  /** `domain:action`, of all roles together. */
  readonly permissions: readonly string[];
}

interface ActingFor {
  readonly organization_id: string;
  readonly role: OrganizationRole;
}

/**
 * What a user may do while acting for `organizationId`; for their personal organization when that is not given, or is
 * none they belong to any more. Needs elevation: the tables are closed to whoever is not signed in yet.
 *
 * Who has not verified their address acts for their personal organization without any permission: enough to look
 * around and to change the account, not to do anything to others.
 */
export async function grantsOfUser(
  em: EntityManager,
  user: User,
  organizationId?: string | null,
): Promise<TokenGrants> {
  const [actingFor] = await em.execute<ActingFor[]>(
    `select membership.organization_id, membership.role
     from membership join organization on organization.id = membership.organization_id
     where membership.user_id = ? and organization.deleted_at is null
       and (organization.id = ?::uuid or organization.personal_to = membership.user_id)
     order by organization.id = ?::uuid desc nulls last
     limit 1`,
    [user.id, organizationId ?? null, organizationId ?? null],
  );
  return {
    organizationId: actingFor?.organization_id,
    organizationRole: actingFor?.role,
    roles: [user.platformRole],
    permissions: await permissionsOf(em, user, actingFor?.role),
  };
}

async function permissionsOf(em: EntityManager, user: User, role: OrganizationRole | undefined): Promise<string[]> {
  if (user.status !== UserStatus.ACTIVE) return [];
  const rows = await em.execute<{ permission: string }[]>(
    'select distinct permission from role_permission where role in (?, ?) order by permission',
    [user.platformRole, role ?? user.platformRole],
  );
  return rows.map((row) => row.permission);
}
