import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { Membership } from './membership.entity.ts';

/** Needs the lock of the organization. @throws `CONFLICT` when it has no owner but this member */
export async function refuseToLoseLastOwner(work: IdentityWork, member: Membership): Promise<void> {
  if (member.role !== OrganizationRole.OWNER) return;
  const { organizationId, role } = member;
  if ((await work.em.count(Membership, { organizationId, role, id: { $ne: member.id } })) === 0) {
    throw conflict('An organization has at least one owner. Make somebody else an owner first.');
  }
}
