import type { Session } from '@supergraph/subgraph-kit';
import { PlatformRole } from '../role/platform-role.ts';
import type { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';

export function maySearchUsers(session: Session): boolean {
  return session.can('identity:users.read');
}

/** Nobody above their own rank, and nobody themselves: that a super admin is left needs two of them to disagree. */
export function mayManageUser(session: Session, user: User): boolean {
  return (
    session.can('identity:users.write') &&
    !session.is(user.id) &&
    (user.platformRole === PlatformRole.MEMBER || session.hasRole(PlatformRole.SUPER_ADMIN))
  );
}

/** The permission alone is not enough: it must not make its bearer more than they are. */
export function mayGivePlatformRole(session: Session): boolean {
  return session.can('identity:users.write') && session.hasRole(PlatformRole.SUPER_ADMIN);
}

/** Also their own plan: that is nothing one could use against others. */
export function mayChangePlans(session: Session): boolean {
  return session.can('identity:plans.write');
}

/** Never another member of staff: that would be a way to their rights. */
export function mayImpersonate(session: Session, user: User): boolean {
  return (
    session.can('identity:users.impersonate') &&
    user.platformRole === PlatformRole.MEMBER &&
    user.status === UserStatus.ACTIVE
  );
}

export function mayAuditImpersonations(session: Session): boolean {
  return session.can('platform:audit.read');
}
