import { notFound, parseId } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import { endMembership } from './end-membership.ts';
import { refuseToLoseLastOwner } from './last-owner.ts';
import { Membership } from './membership.entity.ts';

/**
 * Leaves an organization, whichever one acts for at present. Whoever acts for it goes on, from their next access token,
 * for their personal one; that one cannot be left, being its last owner.
 */
export async function leaveOrganization(work: IdentityWork, { id }: { id: string }): Promise<Membership> {
  const { userId } = await requireOwnSession(work);
  const organizationId = parseId('Organization', id);
  return elevated(work, async () => {
    if ((await work.em.count(Membership, { organizationId, userId })) === 0) throw notFound('Organization');
    await lockOrganization(work, organizationId);
    const membership = await work.em.findOne(Membership, { organizationId, userId });
    if (!membership) throw notFound('Organization');
    await refuseToLoseLastOwner(work, membership);
    await endMembership(work, membership);
    return membership;
  });
}
