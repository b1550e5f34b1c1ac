import { LockMode } from '@mikro-orm/postgresql';
import { unauthenticated } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { hashToken } from '../one-time-token/secret-token.ts';
import { User } from '../user/user.entity.ts';
import { AuthSession } from './auth-session.entity.ts';
import { RefreshToken } from './refresh-token.entity.ts';
import { endSession } from './revoke-sessions.ts';
import { SessionEnd } from './session-end.ts';
import { issueSessionTokens } from './session-tokens.ts';
import type { SessionTokens } from './session-tokens.type.ts';
import type { RefreshSessionInput } from './sign-in.inputs.ts';

/**
 * Exchanges a refresh token for a new pair, once. A second use within ten seconds is another tab and gets a pair of its
 * own; a later one means that the token was copied, and ends the session for the thief and for the owner alike.
 */
export async function refreshSession(work: IdentityWork, input: RefreshSessionInput): Promise<SessionTokens> {
  const tokens = await elevated(work, () => exchange(work, hashToken(input.refreshToken)));
  // Only here: thrown inside, it would undo the end of a session that was stolen.
  if (!tokens) throw unauthenticated('The session has ended. Sign in again.');
  return tokens;
}

async function exchange(work: IdentityWork, hash: string): Promise<SessionTokens | undefined> {
  const { em } = work;
  const now = work.now();
  const known = await em.findOne(RefreshToken, { hash });
  if (!known) return undefined;
  // All refreshes of a session take turns here; what was read before is read again afterwards.
  const session = await em.findOneOrFail(AuthSession, known.sessionId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const token = await em.findOneOrFail(RefreshToken, { hash }, { refresh: true });
  if (!session.isLive(now)) return undefined;
  const verdict = token.judge(now);
  if (verdict === 'reused') endSession(work, session, SessionEnd.Reuse);
  if (verdict !== 'good') return undefined;
  const user = await em.findOneOrFail(User, session.userId);
  if (!user.mayStartSession) return undefined;
  token.usedAt ??= now;
  session.lastUsedAt = now;
  return issueSessionTokens(work, user, session);
}
