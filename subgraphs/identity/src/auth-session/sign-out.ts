import type { IdentityWork } from '../context.ts';
import { revokeSessions } from './revoke-sessions.ts';
import { SessionEnd } from './session-end.ts';

/** Ends the session of the request's own token. Doing so twice is as good as once. */
export async function signOut(work: IdentityWork): Promise<boolean> {
  const { session } = work;
  const userId = session.requireUser();
  const { authSessionId: sessionId } = session;
  if (!sessionId) return false;
  const reason = session.actorId === userId ? SessionEnd.SignedOut : SessionEnd.ImpersonationEnded;
  return (await revokeSessions(work, { userId, sessionId }, reason)) > 0;
}
