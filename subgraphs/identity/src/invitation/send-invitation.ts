import type { IdentityWork } from '../context.ts';
import { sealForEvent } from '../one-time-token/seal-for-event.ts';
import { createSecretToken } from '../one-time-token/secret-token.ts';
import type { Organization } from '../organization/organization.entity.ts';
import { preferredLocale } from '../user/locale.ts';
import { User } from '../user/user.entity.ts';
import type { Invitation } from './invitation.entity.ts';

/** Has an invitation mailed, in the language of the invited person where that is known. Needs a transaction. */
export async function sendInvitation(
  work: IdentityWork,
  organization: Organization,
  invitation: Invitation,
): Promise<void> {
  const { token, hash } = createSecretToken();
  invitation.send(hash, work.now());
  const people = await work.em.find(User, {
    $or: [{ id: work.session.requireUser() }, { email: invitation.email }],
  });
  const invited = people.find((person) => person.email === invitation.email);
  const inviter = people.find((person) => person.id === work.session.userId);
  work.publish('invitation.sent', {
    invitationId: invitation.id,
    organizationId: organization.id,
    organizationName: organization.name,
    email: invitation.email,
    inviterName: inviter?.name ?? organization.name,
    role: invitation.role,
    locale: invited?.locale ?? preferredLocale(work.locale),
    sealedToken: sealForEvent(work, token),
    expiresAt: invitation.expiresAt.toISOString(),
    ...(invited && { userId: invited.id }),
  });
}
