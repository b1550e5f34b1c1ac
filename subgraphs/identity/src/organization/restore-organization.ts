import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { Membership } from '../membership/membership.entity.ts';
import { refuseTooManyOrganizations } from '../plan/plan.limits.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { lockUser } from '../user/lock-user.ts';
import { Organization, RESTORE_WINDOW_MS } from './organization.entity.ts';

const OWNED = { role: OrganizationRole.OWNER };

/** More than anybody deletes in a month. */
const MAX_RESTORABLE = 100;

/** Takes back that an organization was deleted. For its owners, within 30 days. */
export async function restoreOrganization(work: IdentityWork, { id }: { id: string }): Promise<Organization> {
  const { userId } = await requireOwnSession(work);
  const organizationId = parseId('Organization', id);
  return elevated(work, async () => {
    await lockUser(work, userId);
    const organization = await work.em.findOne(
      Organization,
      { id: organizationId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const owner = await work.em.findOne(Membership, { organizationId, userId, ...OWNED });
    if (!organization || !owner) throw notFound('Organization');
    organization.restore(work.now());
    await refuseTooManyOrganizations(work, userId);
    work.publish('organization.restored', { organizationId, name: organization.name }, { organizationId });
    return organization;
  });
}

/** The deleted organizations one could have back, the latest first. */
export async function listRestorableOrganizations(work: IdentityWork): Promise<Organization[]> {
  const userId = work.session.requirePerson();
  const owned = await work.em.find(Membership, { userId, ...OWNED });
  return work.em.find(
    Organization,
    {
      id: { $in: owned.map((membership) => membership.organizationId) },
      deletedAt: { $gt: new Date(work.now().getTime() - RESTORE_WINDOW_MS) },
      personalTo: null,
    },
    { orderBy: { deletedAt: 'desc' }, limit: MAX_RESTORABLE },
  );
}
