import { permit } from '@supergraph/subgraph-kit';
import { endImpersonations } from '../auth-session/end-impersonations.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import type { PlatformRole } from '../role/platform-role.ts';
import type { User } from '../user/user.entity.ts';
import { mayGivePlatformRole, mayManageUser } from './administration.policy.ts';
import { takeUser } from './take-user.ts';

/** Makes a user staff, or takes that away. Their next access token tells of it. */
export async function changePlatformRole(
  work: IdentityWork,
  { userId, role }: { userId: string; role: PlatformRole },
): Promise<User> {
  const { session } = work;
  permit(session, mayGivePlatformRole(session));
  return elevated(work, async () => {
    const user = await takeUser(work, userId);
    permit(session, mayManageUser(session, user));
    if (user.platformRole === role) return user;
    user.changePlatformRole(role, work.now());
    await endImpersonations(work, user.id);
    work.publish('user.platform_role_changed', { userId: user.id, role });
    return user;
  });
}
