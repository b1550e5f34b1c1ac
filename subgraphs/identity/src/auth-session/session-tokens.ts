import type { IdentityWork } from '../context.ts';
import { createSecretToken } from '../one-time-token/secret-token.ts';
import { grantsOfUser } from '../role/grants-of-user.ts';
import type { User } from '../user/user.entity.ts';
import type { AuthSession } from './auth-session.entity.ts';
import { issueAccessToken } from './issue-access-token.ts';
import { RefreshToken } from './refresh-token.entity.ts';
import type { SessionTokens } from './session-tokens.type.ts';

/** A session nobody has used for this long is over. */
const IDLE_LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Issues the pair of tokens a session goes on with. Needs elevation and a transaction. */
export async function issueSessionTokens(work: IdentityWork, user: User, session: AuthSession): Promise<SessionTokens> {
  const now = work.now();
  const { token, hash } = createSecretToken();
  const expiresAt = new Date(Math.min(now.getTime() + IDLE_LIFETIME_MS, session.expiresAt.getTime()));
  work.em.create(RefreshToken, { hash, sessionId: session.id, userId: user.id, createdAt: now, expiresAt });
  const grants = await grantsOfUser(work.em, user, session.organizationId);
  const access = await issueAccessToken(work, {
    user,
    grants,
    sessionId: session.id,
    actorId: session.impersonatorId ?? null,
  });
  user.shownToThemselves = true;
  return {
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken: token,
    refreshTokenExpiresAt: expiresAt,
    session,
    user,
  };
}
