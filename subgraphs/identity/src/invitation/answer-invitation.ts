import { LockMode } from '@mikro-orm/postgresql';
import { badUserInput, forbidden, notFound, parseId } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { refuseTooManyMemberships } from '../membership/membership.limit.ts';
import { Membership } from '../membership/membership.entity.ts';
import { invalidToken } from '../one-time-token/redeem-one-time-token.ts';
import { hashToken } from '../one-time-token/secret-token.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import { refuseTooManyMembers } from '../plan/plan.limits.ts';
import { lockUser } from '../user/lock-user.ts';
import type { User } from '../user/user.entity.ts';
import { Invitation } from './invitation.entity.ts';
import { mayAnswer } from './invitation.policy.ts';

export interface InvitationAnswer {
  readonly token?: string | null;
  readonly id?: string | null;
}

/**
 * Joins the organization one was invited to, with the address it was mailed to, once that is verified. Of several
 * attempts at the same time one wins.
 *
 * @throws `CONFLICT` when the organization is full, or the person belongs to it already
 */
export async function acceptInvitation(work: IdentityWork, answer: InvitationAnswer): Promise<Membership> {
  const { userId } = await requireOwnSession(work);
  return elevated(work, async () => {
    const user = await lockUser(work, userId);
    // Not locked yet: whoever locks both takes the organization first.
    const { organizationId } = await findInvitation(work, user, answer, LockMode.NONE);
    await lockOrganization(work, organizationId);
    // Whoever held the lock before us may have accepted, or taken it back.
    const invitation = await findInvitation(work, user, answer);
    invitation.accept(userId, work.now());
    await refuseTooManyMemberships(work, userId);
    await refuseTooManyMembers(work, organizationId);
    const { role } = invitation;
    const membership = work.em.create(Membership, {
      id: work.newId(),
      organizationId,
      userId,
      role,
      createdAt: work.now(),
    });
    work.publish('member.added', { organizationId, userId, role }, { organizationId });
    return membership;
  });
}

/** Says no to an invitation. */
export async function declineInvitation(work: IdentityWork, answer: InvitationAnswer): Promise<Invitation> {
  const { userId } = await requireOwnSession(work);
  return elevated(work, async () => {
    const user = await lockUser(work, userId);
    const invitation = await findInvitation(work, user, answer);
    invitation.decline(work.now());
    return invitation;
  });
}

async function findInvitation(
  work: IdentityWork,
  user: User,
  { token, id }: InvitationAnswer,
  lockMode: LockMode = LockMode.PESSIMISTIC_WRITE,
): Promise<Invitation> {
  if (!token === !id) throw badUserInput([{ path: 'input.token', message: 'Give either a token or an id.' }]);
  const invitation = await work.em.findOne(
    Invitation,
    token ? { tokenHash: hashToken(token) } : { id: parseId('Invitation', id!), email: user.email! },
    // Whoever is invited does not act for the organization yet.
    { filters: false, lockMode, refresh: true },
  );
  if (!invitation && id) throw notFound('Invitation');
  if (!invitation?.isOpen(work.now())) throw invalidToken();
  if (!mayAnswer(user, invitation)) {
    throw forbidden('Sign in with the address the invitation was sent to, and verify it first.');
  }
  return invitation;
}
