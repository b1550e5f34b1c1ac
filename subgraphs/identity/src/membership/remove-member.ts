import { permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { endMembership } from './end-membership.ts';
import { refuseToLoseLastOwner } from './last-owner.ts';
import type { Membership } from './membership.entity.ts';
import { mayManageMember } from './membership.policy.ts';
import { takeMember } from './take-member.ts';

/**
 * Takes a member out of the organization one acts for. Their access tokens for it end within 15 minutes.
 *
 * @throws `CONFLICT` for the last owner
 */
export async function removeMember(
  work: IdentityWork,
  { membershipId }: { membershipId: string },
): Promise<Membership> {
  return elevated(work, async () => {
    const { actor, member } = await takeMember(work, membershipId);
    permit(work.session, mayManageMember(work.session, actor, member));
    await refuseToLoseLastOwner(work, member);
    await endMembership(work, member);
    return member;
  });
}
