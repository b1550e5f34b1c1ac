import { notFound } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { AuthSession } from './auth-session.entity.ts';
import { requireOwnSession } from './own-session.ts';
import { endSession, revokeSessions } from './revoke-sessions.ts';
import { SessionEnd } from './session-end.ts';

/** Signs the person out on another of their devices, or on this one. */
export async function revokeSession(work: IdentityWork, { id }: { id: string }): Promise<AuthSession> {
  const { userId } = await requireOwnSession(work);
  const session = await work.em.findOne(AuthSession, { id, userId });
  if (!session) throw notFound('Session');
  if (!session.revokedAt) endSession(work, session, SessionEnd.Revoked);
  return session;
}

/** Signs the person out everywhere but here. @returns from how many sessions */
export async function revokeOtherSessions(work: IdentityWork): Promise<number> {
  const own = await requireOwnSession(work);
  return revokeSessions(work, { userId: own.userId, except: own.id }, SessionEnd.Revoked);
}
