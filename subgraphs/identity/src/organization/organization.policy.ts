import type { Session } from '@supergraph/subgraph-kit';
import type { Membership } from '../membership/membership.entity.ts';
import { OrganizationRole } from '../role/organization-role.ts';

export function mayRenameOrganization(session: Session): boolean {
  return session.can('identity:organization.write');
}

/** Only whoever answers for it; no permission that a role can be given stands in for that. */
export function mayDeleteOrganization(member: Membership): boolean {
  return member.role === OrganizationRole.OWNER;
}

/** Permissions are those of the organization a token was issued for, so they count in that one only. */
export function mayListMembers(session: Session, organizationId: string): boolean {
  return session.organizationId === organizationId && session.can('identity:members.read');
}

export function mayListInvitations(session: Session, organizationId: string): boolean {
  return session.organizationId === organizationId && session.can('identity:members.write');
}

export function mayListApiKeys(session: Session, organizationId: string): boolean {
  return session.organizationId === organizationId && session.can('identity:api_keys.write');
}
