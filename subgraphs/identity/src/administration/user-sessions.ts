import { findPage, notFound, type Page, type PageArguments, parseId, permit } from '@supergraph/subgraph-kit';
import { AuthSession } from '../auth-session/auth-session.entity.ts';
import { endSession } from '../auth-session/revoke-sessions.ts';
import { SessionEnd } from '../auth-session/session-end.ts';
import type { IdentityWork } from '../context.ts';
import { elevated, elevatedPage } from '../elevation.ts';
import { mayManageUser, maySearchUsers } from './administration.policy.ts';
import { takeUser } from './take-user.ts';

/** Where somebody is signed in, for support; the latest use first. */
export async function listUserSessions(
  work: IdentityWork,
  { userId, ...args }: PageArguments & { userId: string },
): Promise<Page<AuthSession>> {
  permit(work.session, maySearchUsers(work.session));
  const where = { userId: parseId('User', userId), revokedAt: null, expiresAt: { $gt: work.now() } };
  return elevatedPage(() => findPage(work.em, AuthSession, { where, orderBy: { lastUsedAt: 'desc' }, args }));
}

/** Signs somebody out on one device. */
export async function revokeUserSession(work: IdentityWork, { id: given }: { id: string }): Promise<AuthSession> {
  const { session } = work;
  permit(session, maySearchUsers(session));
  const id = parseId('Session', given);
  return elevated(work, async () => {
    const found = await work.em.findOne(AuthSession, { id });
    if (!found) throw notFound('Session');
    permit(session, mayManageUser(session, await takeUser(work, found.userId)));
    if (!found.revokedAt) endSession(work, found, SessionEnd.Revoked);
    return found;
  });
}
