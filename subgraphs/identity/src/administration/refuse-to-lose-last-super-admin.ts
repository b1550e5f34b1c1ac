import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { PlatformRole } from '../role/platform-role.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';

/**
 * For a user who is about to go for good. Needs a transaction, in which those who leave take turns.
 *
 * @throws `CONFLICT` for the only super admin
 */
export async function refuseToLoseLastSuperAdmin(work: IdentityWork, user: User): Promise<void> {
  if (user.platformRole !== PlatformRole.SUPER_ADMIN) return;
  await work.em.execute(`select pg_advisory_xact_lock(hashtextextended('identity last super admin', 0))`);
  const others = await work.em.count(User, {
    platformRole: PlatformRole.SUPER_ADMIN,
    status: UserStatus.ACTIVE,
    id: { $ne: user.id },
  });
  if (others === 0) throw conflict('Make somebody else a super admin first.');
}
