import type { IdentityWork } from '../context.ts';
import { InvitationStatus } from './invitation-status.ts';
import { Invitation } from './invitation.entity.ts';

/** Closes what nobody has answered in time. Until it runs, `isOpen` refuses such invitations all the same. */
export async function expireInvitations(work: IdentityWork): Promise<void> {
  const now = work.now();
  await work.em.nativeUpdate(
    Invitation,
    { status: InvitationStatus.PENDING, expiresAt: { $lte: now } },
    { status: InvitationStatus.EXPIRED, endedAt: now },
  );
}
