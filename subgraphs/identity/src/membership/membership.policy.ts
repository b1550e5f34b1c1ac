import type { Session } from '@supergraph/subgraph-kit';
import { OrganizationRole } from '../role/organization-role.ts';
import { reaches } from '../role/organization-role.rank.ts';
import type { Membership } from './membership.entity.ts';

/** With whom the caller may do as they please: nobody above their own rank. */
export function mayManageMember(session: Session, actor: Membership, member: Membership): boolean {
  return session.can('identity:members.write') && reaches(actor.role, member.role);
}

/** Nobody makes somebody else more than they are themselves. */
export function mayGiveRole(session: Session, actor: Membership, role: OrganizationRole): boolean {
  return session.can('identity:members.write') && reaches(actor.role, role);
}

export function mayTransferOwnership(actor: Membership): boolean {
  return actor.role === OrganizationRole.OWNER;
}
