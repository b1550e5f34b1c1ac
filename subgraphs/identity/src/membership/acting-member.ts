import { forbidden, notFound, parseId } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Membership } from './membership.entity.ts';

/**
 * The caller's own membership as it is now, in an organization they act for. Their token may be up to 15 minutes behind:
 * whoever was removed or demoted since has no more of it here.
 *
 * @throws `NOT_FOUND` to whoever does not belong to it, `FORBIDDEN` to a member who acts for another one
 */
export async function requireActingMember(work: IdentityWork, organizationId: string): Promise<Membership> {
  const userId = work.session.requireUser();
  const id = parseId('Organization', organizationId);
  const member = await work.em.findOne(Membership, { organizationId: id, userId }, { refresh: true });
  if (!member) throw notFound('Organization');
  if (work.session.organizationId !== id) throw forbidden('Switch to this organization first.');
  return member;
}
