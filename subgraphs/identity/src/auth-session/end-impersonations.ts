import { AuthSession } from './auth-session.entity.ts';
import { endSession } from './revoke-sessions.ts';
import { SessionEnd } from './session-end.ts';
import type { IdentityWork } from '../context.ts';

/** Ends whatever somebody does in others' names: those sessions are the others', and would outlive their own by 15 minutes. */
export async function endImpersonations(work: IdentityWork, impersonatorId: string): Promise<void> {
  const sessions = await work.em.find(AuthSession, { impersonatorId, revokedAt: null });
  for (const session of sessions) endSession(work, session, SessionEnd.ImpersonationEnded);
}
