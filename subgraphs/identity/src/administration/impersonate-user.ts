import { permit } from '@supergraph/subgraph-kit';
import { AuthSession } from '../auth-session/auth-session.entity.ts';
import { deviceOf } from '../auth-session/device-of.ts';
import { ACCESS_TOKEN_LIFETIME_SECONDS, issueAccessToken } from '../auth-session/issue-access-token.ts';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { grantsOfUser } from '../role/grants-of-user.ts';
import { mayImpersonate } from './administration.policy.ts';
import { Impersonation } from './impersonation.entity.ts';
import type { ImpersonationToken } from './impersonation.type.ts';
import { takeUser } from './take-user.ts';

const MAX_ADDRESS_LENGTH = 64;

/**
 * Lets support work in a user's name, for 15 minutes and without refreshing. The token names both; it cannot change how
 * the user proves who they are, delete the account, or make API keys (`requireOwnSession`). The user sees the session
 * among theirs and can end it.
 */
export async function impersonateUser(
  work: IdentityWork,
  { userId, reason }: { userId: string; reason: string },
): Promise<ImpersonationToken> {
  const { session, em } = work;
  permit(session, session.can('identity:users.impersonate'));
  const { userId: impersonatorId } = await requireOwnSession(work);
  return elevated(work, async () => {
    const user = await takeUser(work, userId);
    permit(session, mayImpersonate(session, user));
    const startedAt = work.now();
    const expiresAt = new Date(startedAt.getTime() + ACCESS_TOKEN_LIFETIME_SECONDS * 1000);
    const address = work.clientAddress?.slice(0, MAX_ADDRESS_LENGTH) ?? null;
    const opened = em.create(AuthSession, {
      id: work.newId(),
      userId: user.id,
      impersonatorId,
      device: deviceOf(work.userAgent),
      address,
      createdAt: startedAt,
      lastUsedAt: startedAt,
      expiresAt,
    } as AuthSession);
    const impersonation = em.create(Impersonation, {
      id: work.newId(),
      userId: user.id,
      impersonatorId,
      sessionId: opened.id,
      reason: reason.trim(),
      address,
      startedAt,
      expiresAt,
    });
    const grants = await grantsOfUser(em, user);
    const access = await issueAccessToken(work, { user, grants, sessionId: opened.id, actorId: impersonatorId });
    work.publish('user.impersonated', { userId: user.id, impersonatorId, reason: impersonation.reason });
    return { accessToken: access.token, accessTokenExpiresAt: access.expiresAt, impersonation };
  });
}
