import { parseId } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Membership } from '../membership/membership.entity.ts';
import { User } from './user.entity.ts';

/** Somebody the caller may look up: themselves, a colleague, and anybody for support. `null` for everybody else. */
export async function findUser(work: IdentityWork, { id: given }: { id: string }): Promise<User | null> {
  const { session, em } = work;
  session.requireUser();
  const id = parseId('User', given);
  const mayLookUp = session.is(id) || session.can('identity:users.read') || (await isColleague(work, id));
  return mayLookUp ? em.findOne(User, id) : null;
}

async function isColleague({ session, em }: IdentityWork, userId: string): Promise<boolean> {
  const { organizationId } = session;
  return organizationId !== undefined && (await em.count(Membership, { organizationId, userId })) > 0;
}
