import { badUserInput, permit } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import type { Membership } from './membership.entity.ts';
import { mayTransferOwnership } from './membership.policy.ts';
import type { OwnershipTransfer } from './ownership-transfer.type.ts';
import { takeMember } from './take-member.ts';

/** Makes another member an owner in one's own stead, in one step. One stays as an admin. */
export async function transferOwnership(
  work: IdentityWork,
  { membershipId }: { membershipId: string },
): Promise<OwnershipTransfer> {
  await requireOwnSession(work);
  return work.transaction(async () => {
    const { actor, member } = await takeMember(work, membershipId);
    permit(work.session, mayTransferOwnership(actor));
    if (member.id === actor.id) {
      throw badUserInput([{ path: 'membershipId', message: 'Choose somebody else.' }]);
    }
    giveRole(work, member, OrganizationRole.OWNER);
    giveRole(work, actor, OrganizationRole.ADMIN);
    return { newOwner: member, formerOwner: actor };
  });
}

function giveRole(work: IdentityWork, membership: Membership, role: OrganizationRole): void {
  if (membership.role === role) return;
  const { organizationId, userId } = membership;
  membership.role = role;
  work.publish('member.role_changed', { organizationId, userId, role });
}
