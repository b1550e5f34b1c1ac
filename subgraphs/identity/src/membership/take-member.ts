import { notFound, parseId } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import type { Organization } from '../organization/organization.entity.ts';
import { requireActingMember } from './acting-member.ts';
import { Membership } from './membership.entity.ts';

export interface MemberAtHand {
  readonly organization: Organization;
  /** The caller. */
  readonly actor: Membership;
  readonly member: Membership;
}

/**
 * A member of the organization the caller acts for, with the organization locked and all roles as they are under that
 * lock. Needs a transaction. @throws `NOT_FOUND`, for memberships of other organizations, too
 */
export async function takeMember(work: IdentityWork, membershipId: string): Promise<MemberAtHand> {
  const id = parseId('Membership', membershipId);
  const organizationId = work.session.requireOrganization();
  const organization = await lockOrganization(work, organizationId);
  const actor = await requireActingMember(work, organizationId);
  const member = await work.em.findOne(Membership, { id, organizationId }, { refresh: true });
  if (!member) throw notFound('Membership');
  return { organization, actor, member };
}
