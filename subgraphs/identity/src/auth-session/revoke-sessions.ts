import type { IdentityWork } from '../context.ts';
import { AuthSession } from './auth-session.entity.ts';
import type { SessionEnd } from './session-end.ts';

export interface SessionSelection {
  readonly userId: string;
  /** Only this one. */
  readonly sessionId?: string;
  /** All but this one. */
  readonly except?: string | undefined;
}

/**
 * Ends sessions: their refresh tokens are worth nothing from now on, their access tokens until they expire.
 *
 * @returns how many there were
 */
export async function revokeSessions(
  work: IdentityWork,
  { userId, sessionId, except }: SessionSelection,
  reason: SessionEnd,
): Promise<number> {
  const sessions = await work.em.find(AuthSession, {
    userId,
    revokedAt: null,
    ...(sessionId && { id: sessionId }),
    ...(except && { id: { $ne: except } }),
  });
  for (const session of sessions) endSession(work, session, reason);
  return sessions.length;
}

export function endSession(work: IdentityWork, session: AuthSession, reason: SessionEnd): void {
  session.revoke(reason, work.now());
  work.publish('session.revoked', { userId: session.userId, sessionId: session.id, reason });
}
