import { LockMode } from '@mikro-orm/postgresql';
import { ApiKey } from '../api-key/api-key.entity.ts';
import type { IdentityWork } from '../context.ts';
import { Invitation } from '../invitation/invitation.entity.ts';
import { Membership } from '../membership/membership.entity.ts';
import { Organization, RESTORE_WINDOW_MS } from '../organization/organization.entity.ts';

/**
 * Erases organizations that were deleted too long ago to be had back, and those that ended with an account: the row
 * itself, and with it who belonged there, who was asked to, and its API keys.
 */
export async function purgeOrganizations(work: IdentityWork): Promise<void> {
  // One transaction each: a run that is cut short keeps what it has done, and holds the locks of one only.
  while (await work.transaction(() => purgeNext(work)));
}

/** @returns whether there was one */
async function purgeNext(work: IdentityWork): Promise<boolean> {
  const { em } = work;
  const organization = await em.findOne(
    Organization,
    { deletedAt: { $lte: new Date(work.now().getTime() - RESTORE_WINDOW_MS) } },
    // Two runs at once share the work instead of waiting for each other.
    { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, orderBy: { deletedAt: 'asc' }, filters: false },
  );
  if (!organization) return false;
  const organizationId = organization.id;
  for (const { userId } of await em.find(Membership, { organizationId }, { filters: false })) {
    work.publish('member.removed', { organizationId, userId }, { organizationId });
  }
  for (const entity of [ApiKey, Invitation, Membership]) {
    await em.nativeDelete<{ organizationId: string }>(entity, { organizationId }, { filters: false });
  }
  // Whoever still has it as the one they act for goes on in their personal one.
  await em.execute('update auth_session set organization_id = null where organization_id = ?', [organizationId]);
  await em.nativeDelete(Organization, { id: organizationId });
  work.publish('organization.purged', { organizationId }, { organizationId });
  return true;
}
