import type { IdentityWork } from '../context.ts';
import type { Membership } from '../membership/membership.entity.ts';
import { InvitationStatus } from './invitation-status.ts';
import { Invitation } from './invitation.entity.ts';

/** Takes back what a member has asked others to, so that nobody lets themselves in again after they were removed. */
export async function revokeInvitationsOf(work: IdentityWork, { organizationId, userId }: Membership): Promise<void> {
  await work.em.nativeUpdate(
    Invitation,
    { organizationId, inviterId: userId, status: InvitationStatus.PENDING },
    { status: InvitationStatus.REVOKED, endedAt: work.now() },
    { filters: false },
  );
}
