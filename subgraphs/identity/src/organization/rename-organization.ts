import { permit, versionConflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { lockOrganization } from './lock-organization.ts';
import type { Organization } from './organization.entity.ts';
import { mayRenameOrganization } from './organization.policy.ts';

export interface OrganizationChange {
  readonly id: string;
  readonly version: number;
  readonly name: string;
}

/** Gives the organization one acts for another name. @throws `VERSION_CONFLICT` */
export async function renameOrganization(work: IdentityWork, change: OrganizationChange): Promise<Organization> {
  const { organizationId } = await requireActingMember(work, change.id);
  permit(work.session, mayRenameOrganization(work.session));
  return work.transaction(async () => {
    const organization = await lockOrganization(work, organizationId);
    if (organization.version !== change.version) throw versionConflict('Organization', organization.version);
    organization.rename(change.name, work.now());
    work.publish('organization.renamed', { organizationId, name: organization.name });
    return organization;
  });
}
