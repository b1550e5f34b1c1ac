import type { IdentityWork } from '../context.ts';
import { Membership } from '../membership/membership.entity.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import type { User } from '../user/user.entity.ts';
import { Organization } from './organization.entity.ts';

/** Everybody has an organization of their own, so that whatever is made has an owner from the first minute. */
export async function createPersonalOrganization(work: IdentityWork, user: User): Promise<Organization> {
  const now = work.now();
  const organization = work.em.create(Organization, {
    id: work.newId(),
    name: user.name,
    personalTo: user.id,
    createdAt: now,
    updatedAt: now,
  } as Organization);
  // The membership points to it, which the ORM does not know.
  await work.em.flush();
  work.em.create(Membership, {
    id: work.newId(),
    organizationId: organization.id,
    userId: user.id,
    role: OrganizationRole.OWNER,
    createdAt: now,
  });
  work.publish(
    'organization.created',
    { organizationId: organization.id, name: organization.name, ownerId: user.id, personal: true },
    { organizationId: organization.id },
  );
  return organization;
}
