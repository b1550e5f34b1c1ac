import { forbidden } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { Membership } from '../membership/membership.entity.ts';
import { refuseTooManyMemberships } from '../membership/membership.limit.ts';
import { refuseTooManyOrganizations } from '../plan/plan.limits.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { lockUser } from '../user/lock-user.ts';
import { UserStatus } from '../user/user-status.ts';
import { Organization } from './organization.entity.ts';

/**
 * Founds an organization to be shared with others. One acts for it after `switchOrganization`.
 *
 * @throws `FORBIDDEN` until one's address is verified, `CONFLICT` when the plan allows no more
 */
export async function createOrganization(work: IdentityWork, { name }: { name: string }): Promise<Organization> {
  const userId = work.session.requirePerson();
  return elevated(work, async () => {
    const user = await lockUser(work, userId);
    if (user.status !== UserStatus.ACTIVE) throw forbidden('Verify your e-mail address first.');
    await refuseTooManyMemberships(work, userId);
    await refuseTooManyOrganizations(work, userId);
    const now = work.now();
    const id = work.newId();
    const organization = work.em.create(Organization, {
      id,
      name: name.trim(),
      createdAt: now,
      updatedAt: now,
    } as Organization);
    // The membership points to it, which the ORM does not know.
    await work.em.flush();
    work.em.create(Membership, {
      id: work.newId(),
      organizationId: id,
      userId,
      role: OrganizationRole.OWNER,
      createdAt: now,
    });
    const { name: called } = organization;
    work.publish(
      'organization.created',
      { organizationId: id, name: called, ownerId: userId, personal: false },
      { organizationId: id },
    );
    return organization;
  });
}
