import { idempotent, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { mayGiveRole } from '../membership/membership.policy.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { Invitation } from './invitation.entity.ts';
import { mayInvite } from './invitation.policy.ts';
import { sendInvitation } from './send-invitation.ts';
import { takeInvitation } from './take-invitation.ts';

/** Mails a pending invitation once more, good for another seven days. The token of the mail before is worth nothing. */
export async function resendInvitation(
  work: IdentityWork,
  { id, idempotencyKey: key }: { id: string; idempotencyKey: string },
): Promise<Invitation> {
  const { session, em } = work;
  permit(session, mayInvite(session));
  const organizationId = session.requireOrganization();
  return work.transaction(async () => {
    const sent = await idempotent(work, { operation: 'resendInvitation', key, input: { id } }, async () => {
      const organization = await lockOrganization(work, organizationId);
      const actor = await requireActingMember(work, organizationId);
      const invitation = await takeInvitation(work, id);
      permit(session, mayGiveRole(session, actor, invitation.role));
      await work.services.throttles.mailsPerAccount.consume(subjectOf(invitation.email));
      await sendInvitation(work, organization, invitation);
      return invitation.id;
    });
    return em.findOneOrFail(Invitation, { id: sent });
  });
}
