import { permit } from '@supergraph/subgraph-kit';
import { revokeApiKeys } from '../api-key/revoke-api-keys.ts';
import { endImpersonations } from '../auth-session/end-impersonations.ts';
import { revokeSessions } from '../auth-session/revoke-sessions.ts';
import { SessionEnd } from '../auth-session/session-end.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import type { User } from '../user/user.entity.ts';
import { mayManageUser, maySearchUsers } from './administration.policy.ts';
import { takeUser } from './take-user.ts';

/**
 * Shuts a user out: their sessions end, and their API keys for good. Access tokens that are out end within 15 minutes;
 * live connections end with their session.
 */
export async function suspendUser(
  work: IdentityWork,
  { userId, reason }: { userId: string; reason: string },
): Promise<User> {
  return manage(work, userId, async (user) => {
    user.suspend(reason.trim(), work.now());
    await revokeSessions(work, { userId: user.id }, SessionEnd.Suspended);
    await revokeApiKeys(work, { userId: user.id });
    await endImpersonations(work, user.id);
    work.publish('user.suspended', { userId: user.id, reason: reason.trim() });
  });
}

/** Lets a suspended user in again. They sign in anew, and make new API keys. */
export async function activateUser(work: IdentityWork, { userId }: { userId: string }): Promise<User> {
  return manage(work, userId, async (user) => {
    user.activate(work.now());
    work.publish('user.activated', { userId: user.id });
  });
}

/** Ends all sessions of a user. @returns how many there were */
export async function revokeUserSessions(work: IdentityWork, { userId }: { userId: string }): Promise<number> {
  let count = 0;
  await manage(work, userId, async (user) => {
    count = await revokeSessions(work, { userId: user.id }, SessionEnd.Revoked);
  });
  return count;
}

async function manage(work: IdentityWork, userId: string, change: (user: User) => Promise<void>): Promise<User> {
  const { session } = work;
  // Before anything is looked up: whoever may not search users learns nothing about who exists.
  permit(session, maySearchUsers(session));
  return elevated(work, async () => {
    const user = await takeUser(work, userId);
    permit(session, mayManageUser(session, user));
    await change(user);
    return user;
  });
}
