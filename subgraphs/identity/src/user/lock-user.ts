import { LockMode } from '@mikro-orm/postgresql';
import { unauthenticated } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { User } from './user.entity.ts';
import { UserStatus } from './user-status.ts';

/**
 * The user, locked until the end of the transaction. Whatever changes how somebody proves who they are holds this lock,
 * so that signing in, suspending, deleting and changing the password take turns.
 */
export async function lockUser(work: IdentityWork, userId: string): Promise<User> {
  const user = await work.em.findOne(User, userId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!user || user.status === UserStatus.DELETED) throw unauthenticated();
  return user;
}

/**
 * Lets one transaction at a time decide what becomes of an e-mail address. The unique index would decide as well, but
 * with an error that tells the loser that the address is taken.
 */
export async function lockEmail(work: IdentityWork, email: string): Promise<void> {
  await work.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`identity email ${email}`]);
}
