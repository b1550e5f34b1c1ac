import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Invitation } from './invitation.entity.ts';

/** An invitation of the organization the caller acts for, locked until the end of the transaction. */
export async function takeInvitation(work: IdentityWork, given: string): Promise<Invitation> {
  const id = parseId('Invitation', given);
  const organizationId = work.session.requireOrganization();
  const invitation = await work.em.findOne(
    Invitation,
    { id, organizationId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!invitation) throw notFound('Invitation');
  return invitation;
}
