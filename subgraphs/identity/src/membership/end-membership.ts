import { revokeApiKeys } from '../api-key/revoke-api-keys.ts';
import type { IdentityWork } from '../context.ts';
import { revokeInvitationsOf } from '../invitation/revoke-invitations-of.ts';
import type { Membership } from './membership.entity.ts';

/**
 * Takes somebody out of an organization, with the keys they made for it and the invitations they sent: neither must
 * work for them from outside. Needs elevation and a transaction.
 */
export async function endMembership(work: IdentityWork, membership: Membership): Promise<void> {
  const { organizationId, userId } = membership;
  await revokeApiKeys(work, { userId, organizationId });
  await revokeInvitationsOf(work, membership);
  work.em.remove(membership);
  work.publish('member.removed', { organizationId, userId }, { organizationId });
}
