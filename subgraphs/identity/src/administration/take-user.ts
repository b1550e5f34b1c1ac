import { LockMode } from '@mikro-orm/postgresql';
import { forbidden, notFound, parseId } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';

/**
 * Somebody whom staff is about to change, locked together with the member of staff, who is looked up once more: two
 * super admins who demote each other at the same time must not both succeed. Needs elevation and a transaction.
 */
export async function takeUser(work: IdentityWork, given: string): Promise<User> {
  const { session, em } = work;
  const id = parseId('User', given);
  const staffId = session.requireUser();
  // In one order for all callers, or two of them would wait for each other.
  const people = await em.find(
    User,
    { id: { $in: [id, staffId] } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  const staff = people.find((person) => person.id === staffId);
  if (staff?.status !== UserStatus.ACTIVE || !session.hasRole(staff.platformRole)) throw forbidden();
  const user = people.find((person) => person.id === id);
  if (!user || user.status === UserStatus.DELETED) throw notFound('User');
  return user;
}
