import { permit } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { lockOrganization } from './lock-organization.ts';
import type { Organization } from './organization.entity.ts';
import { mayDeleteOrganization } from './organization.policy.ts';

/**
 * Deletes the organization one owns and acts for. For 30 days an owner can have it back with all its members; until then
 * nobody acts for it, its API keys get no tokens, and those that are out end within 15 minutes.
 */
export async function deleteOrganization(work: IdentityWork, { id }: { id: string }): Promise<Organization> {
  const { organizationId } = await requireActingMember(work, id);
  await requireOwnSession(work);
  return elevated(work, async () => {
    const organization = await lockOrganization(work, organizationId);
    // Asked for under the lock: ownership may have changed hands since.
    permit(work.session, mayDeleteOrganization(await requireActingMember(work, organizationId)));
    organization.delete(work.now());
    work.publish('organization.deleted', { organizationId }, { organizationId });
    return organization;
  });
}
