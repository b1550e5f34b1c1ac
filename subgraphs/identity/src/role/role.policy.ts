import type { Session } from '@supergraph/subgraph-kit';
import { PlatformRole } from './platform-role.ts';

export function mayReadPermissionsOf(session: Session, userId: string): boolean {
  return session.is(userId) || session.can('identity:users.read');
}

/** The permission alone is not enough: whoever could give it to another role could then give that role everything. */
export function maySetRolePermissions(session: Session): boolean {
  return session.can('identity:roles.write') && session.hasRole(PlatformRole.SUPER_ADMIN);
}
