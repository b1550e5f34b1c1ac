import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';
import { InvitationStatus } from './invitation-status.ts';
import { Invitation } from './invitation.entity.ts';

const MAX_LISTED = 100;

/** The invitations one could accept, the latest first. None until one's address is verified. */
export async function listMyInvitations(work: IdentityWork): Promise<Invitation[]> {
  const id = work.session.requirePerson();
  return elevated(work, async () => {
    const user = await work.em.findOne(User, { id, status: UserStatus.ACTIVE });
    if (!user?.email) return [];
    return work.em.find(
      Invitation,
      { email: user.email, status: InvitationStatus.PENDING, expiresAt: { $gt: work.now() } },
      { filters: false, orderBy: { createdAt: 'desc' }, limit: MAX_LISTED },
    );
  });
}
