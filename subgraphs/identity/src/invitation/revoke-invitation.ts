import { permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import type { Invitation } from './invitation.entity.ts';
import { mayInvite } from './invitation.policy.ts';
import { takeInvitation } from './take-invitation.ts';

/** Takes an invitation back; its mail is worth nothing any more. */
export async function revokeInvitation(work: IdentityWork, { id }: { id: string }): Promise<Invitation> {
  permit(work.session, mayInvite(work.session));
  await requireActingMember(work, work.session.requireOrganization());
  return work.transaction(async () => {
    const invitation = await takeInvitation(work, id);
    invitation.revoke(work.now());
    return invitation;
  });
}
