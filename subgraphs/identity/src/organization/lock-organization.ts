import { LockMode } from '@mikro-orm/postgresql';
import { notFound } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Organization } from './organization.entity.ts';

/**
 * The organization, locked until the end of the transaction. Whatever changes who belongs to it and as what holds this
 * lock, so that its last owner and its number of members are decided by one caller at a time. Where the user is locked
 * as well (`lockUser`), the user comes first.
 */
export async function lockOrganization(work: IdentityWork, organizationId: string): Promise<Organization> {
  const organization = await work.em.findOne(
    Organization,
    { id: organizationId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!organization || organization.deletedAt) throw notFound('Organization');
  return organization;
}
