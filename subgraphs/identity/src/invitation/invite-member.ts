import { conflict, idempotent, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { mayGiveRole } from '../membership/membership.policy.ts';
import { createSecretToken } from '../one-time-token/secret-token.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import type { Organization } from '../organization/organization.entity.ts';
import { refuseTooManyMembers } from '../plan/plan.limits.ts';
import type { OrganizationRole } from '../role/organization-role.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { normaliseEmail } from '../user/email-address.ts';
import { InvitationStatus } from './invitation-status.ts';
import { Invitation } from './invitation.entity.ts';
import { mayInvite } from './invitation.policy.ts';
import { sendInvitation } from './send-invitation.ts';

export interface NewInvitation {
  readonly email: string;
  readonly role: OrganizationRole;
  readonly idempotencyKey: string;
}

/**
 * Asks somebody by mail to join the organization one acts for. They have seven days to answer.
 *
 * @throws `CONFLICT` when they are a member or asked already, or when the plan allows no more members
 * @throws `RATE_LIMITED`
 */
export async function inviteMember(work: IdentityWork, input: NewInvitation): Promise<Invitation> {
  const { session, em } = work;
  permit(session, mayInvite(session));
  const organizationId = session.requireOrganization();
  const { idempotencyKey: key, role } = input;
  const email = normaliseEmail(input.email);
  return elevated(work, async () => {
    const id = await idempotent(work, { operation: 'inviteMember', key, input: { email, role } }, async () => {
      const organization = await lockOrganization(work, organizationId);
      const actor = await requireActingMember(work, organizationId);
      permit(session, mayGiveRole(session, actor, role));
      if (organization.personalTo) throw conflict('A personal organization is for one person only.');
      await refuseIfKnown(work, organization, email);
      await refuseTooManyMembers(work, organizationId, { countInvitations: true });
      await work.services.throttles.mailsPerAccount.consume(subjectOf(email));
      return create(work, organization, email, role);
    });
    return em.findOneOrFail(Invitation, { id });
  });
}

async function refuseIfKnown(work: IdentityWork, organization: Organization, email: string): Promise<void> {
  const [member] = await work.em.execute<unknown[]>(
    `select 1 from membership join user_account on user_account.id = membership.user_id
     where membership.organization_id = ? and user_account.email = ?`,
    [organization.id, email],
  );
  if (member) throw conflict('This person is a member already.');
  const pending = await work.em.findOne(Invitation, {
    organizationId: organization.id,
    email,
    status: InvitationStatus.PENDING,
  });
  if (pending?.isOpen(work.now())) {
    throw conflict('This person was asked already. Send the invitation again instead.', { invitationId: pending.id });
  }
  pending?.expire(work.now());
  // The index of pending ones is checked at each statement, and the ORM would insert the new one first.
  await work.em.flush();
}

async function create(
  work: IdentityWork,
  organization: Organization,
  email: string,
  role: OrganizationRole,
): Promise<string> {
  const now = work.now();
  const invitation = work.em.create(Invitation, {
    id: work.newId(),
    organizationId: organization.id,
    email,
    role,
    status: InvitationStatus.PENDING,
    tokenHash: createSecretToken().hash,
    inviterId: work.session.requireUser(),
    declined: false,
    createdAt: now,
    sentAt: now,
    expiresAt: now,
  } as Invitation);
  await sendInvitation(work, organization, invitation);
  await work.em.flush();
  return invitation.id;
}
