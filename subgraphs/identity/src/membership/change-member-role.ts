import { permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { refuseToLoseLastOwner } from './last-owner.ts';
import type { Membership } from './membership.entity.ts';
import { mayGiveRole, mayManageMember } from './membership.policy.ts';
import { takeMember } from './take-member.ts';

export interface RoleChange {
  readonly membershipId: string;
  readonly role: OrganizationRole;
}

/** Gives a member another role; their next access token tells of it. @throws `CONFLICT` for the last owner */
export async function changeMemberRole(work: IdentityWork, { membershipId, role }: RoleChange): Promise<Membership> {
  return work.transaction(async () => {
    const { actor, member } = await takeMember(work, membershipId);
    permit(work.session, mayManageMember(work.session, actor, member) && mayGiveRole(work.session, actor, role));
    if (member.role === role) return member;
    await refuseToLoseLastOwner(work, member);
    const { organizationId, userId } = member;
    member.role = role;
    work.publish('member.role_changed', { organizationId, userId, role });
    return member;
  });
}
