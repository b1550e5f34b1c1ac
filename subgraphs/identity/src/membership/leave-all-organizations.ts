import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Organization } from '../organization/organization.entity.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { endMembership } from './end-membership.ts';
import { Membership } from './membership.entity.ts';

/**
 * Takes a user who is about to be deleted out of every organization. One that has nobody else ends with them. Needs
 * elevation and a transaction.
 *
 * @throws `CONFLICT` when others would be left without an owner
 */
export async function leaveAllOrganizations(work: IdentityWork, userId: string): Promise<void> {
  const { em } = work;
  const own = await em.find(Membership, { userId });
  const organizationIds = own.map((membership) => membership.organizationId);
  const others = await em.find(Membership, { organizationId: { $in: organizationIds }, userId: { $ne: userId } });
  const organizations = await em.find(Organization, { id: { $in: organizationIds }, deletedAt: null });
  for (const organization of organizations) {
    const colleagues = others.filter((membership) => membership.organizationId === organization.id);
    if (colleagues.length === 0) organization.end(work.now());
    else if (!colleagues.some((membership) => membership.role === OrganizationRole.OWNER)) {
      throw conflict(`Make somebody else an owner of ${organization.name} first.`, { organizationId: organization.id });
    }
  }
  for (const membership of own) await endMembership(work, membership);
}
